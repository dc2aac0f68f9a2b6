package io.driftrec.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes Python's pickle format, protocol 2, opcode by opcode: as much of it as a TorchScript archive needs. */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        opcode(0x80).opcode(2); // PROTO 2
    }

    /** A class or function by module and name. */
    PickleWriter global(String module, String name) {
        return opcode('c').line(module).line(name);
    }

    PickleWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        opcode('X').int32(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /** An integer, in the shortest of the forms that cover 64 bits. */
    PickleWriter integer(long value) {
        if (value == (int) value) {
            return opcode('J').int32((int) value);
        }
        opcode(0x8A).opcode(Long.BYTES); // LONG1
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
        return this;
    }

    PickleWriter bool(boolean value) {
        return opcode(value ? 0x88 : 0x89);
    }

    PickleWriter emptyTuple() {
        return opcode(')');
    }

    PickleWriter emptyDict() {
        return opcode('}');
    }

    PickleWriter mark() {
        return opcode('(');
    }

    /** What was written since the last mark becomes a tuple. */
    PickleWriter tuple() {
        return opcode('t');
    }

    /** A tuple of integers. */
    PickleWriter tuple(Iterable<Long> values) {
        mark();
        values.forEach(this::integer);
        return tuple();
    }

    /** Calls the function below the argument tuple. */
    PickleWriter reduce() {
        return opcode('R');
    }

    /** Makes an object of the class below the argument tuple. */
    PickleWriter newObject() {
        return opcode(0x81);
    }

    /** The pairs since the last mark go into the dictionary below it. */
    PickleWriter setItems() {
        return opcode('u');
    }

    /** Sets the state of the object below the dictionary. */
    PickleWriter build() {
        return opcode('b');
    }

    /** The tuple on top names an object that is stored elsewhere. */
    PickleWriter persistentId() {
        return opcode('Q');
    }

    /** Ends the pickle. */
    byte[] stop() {
        opcode('.');
        return out.toByteArray();
    }

    private PickleWriter opcode(int code) {
        out.write(code);
        return this;
    }

    private PickleWriter line(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return opcode('\n');
    }

    private PickleWriter int32(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }
}
