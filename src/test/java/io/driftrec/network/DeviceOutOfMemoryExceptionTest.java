package io.driftrec.network;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOutOfMemoryExceptionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 4096.00 GiB. GPU 0 has a total capacity of 139.80 GiB",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "GET was unable to find an engine to execute this computation",
                "[enforce fail at alloc_cpu.cpp:115] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"
            })
    void missingMemoryIsRecognised(String message) {
        assertTrue(DeviceOutOfMemoryException.isMeantBy(new IllegalStateException(message)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: device-side assert triggered",
                "Given groups=1, weight of size [3, 3, 3, 3], expected input[1, 4, 8, 8] to have 3 channels"
            })
    void otherFailuresAreNot(String message) {
        assertFalse(DeviceOutOfMemoryException.isMeantBy(new IllegalStateException(message)));
    }
}
