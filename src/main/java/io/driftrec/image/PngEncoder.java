package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes 8 bit PNG: grey or RGB, with alpha where the picture has it, with its profile. */
final class PngEncoder {
    private static final int HEADER_END = PngHeader.SIGNATURE_BYTES + PngHeader.CHUNK_OVERHEAD + 13;
    private static final byte[] PROFILE_NAME = "ICC profile\0\0".getBytes(StandardCharsets.US_ASCII);

    private PngEncoder() {}

    static byte[] encode(Picture picture) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = PlatformCodecs.writer("png");
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(Pixels8.of(picture, picture.isGrey(), true), null, null));
        } finally {
            writer.dispose();
        }
        byte[] file = bytes.toByteArray();
        IccProfile profile = picture.profile().orElse(null);
        return profile == null ? file : withProfile(file, profile);
    }

    /** Puts the profile's chunk behind the header chunk, before which nothing may stand. */
    private static byte[] withProfile(byte[] file, IccProfile profile) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(PngHeader.ICCP).array());
        chunk.writeBytes(PROFILE_NAME);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(chunk)) {
            deflater.write(profile.toBytes());
        }
        byte[] typeAndData = chunk.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(typeAndData);
        return ByteBuffer.allocate(file.length + typeAndData.length + 2 * Integer.BYTES)
                .put(file, 0, HEADER_END)
                .putInt(typeAndData.length - Integer.BYTES)
                .put(typeAndData)
                .putInt((int) crc.getValue())
                .put(file, HEADER_END, file.length - HEADER_END)
                .array();
    }
}
