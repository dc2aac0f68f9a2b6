package io.driftrec.storage;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent coding of URI paths (RFC 3986, section 2.1) in strict UTF-8. Unlike {@link java.net.URI#getPath()} it refuses malformed
 * sequences instead of replacing them, so that no two different names decode to the same text.
 */
final class PercentCoding {
    private static final String KEPT = "-._~!$&'()*+,;=:@/";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCoding() {}

    /** Decodes once. */
    static String decode(String rawPath) throws CharacterCodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rawPath.length());
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(rawPath));
        while (encoded.hasRemaining()) {
            byte next = encoded.get();
            if (next == '%') {
                if (encoded.remaining() < 2) {
                    throw new CharacterCodingException();
                }
                int high = Character.digit(encoded.get(), 16);
                int low = Character.digit(encoded.get(), 16);
                if (high < 0 || low < 0) {
                    throw new CharacterCodingException();
                }
                bytes.write(high << 4 | low);
            } else {
                bytes.write(next);
            }
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }

    /** Encodes everything but what a path may hold as it is; slashes stay. */
    static String encode(String path) {
        StringBuilder text = new StringBuilder(path.length() + 16);
        for (byte next : path.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (next & 0xff);
            if (isUnreserved(character) || KEPT.indexOf(character) >= 0) {
                text.append(character);
            } else {
                text.append('%').append(HEX[character >> 4]).append(HEX[character & 15]);
            }
        }
        return text.toString();
    }

    private static boolean isUnreserved(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9';
    }
}
