package io.driftrec.message;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules that the wire records share; a broken one is an {@link IllegalArgumentException} that names field and value. */
final class Constraints {
    static final int MAX_ATTRIBUTES = 32;

    private static final int MAX_URI_LENGTH = 8192;
    private static final int MAX_ATTRIBUTE_KEY = 64;
    private static final int MAX_ATTRIBUTE_VALUE = 1024;
    private static final Pattern REQUEST_ID = printable(200);
    private static final Pattern ATTRIBUTE_KEY = printable(MAX_ATTRIBUTE_KEY);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private static final Instant FIRST_INSTANT = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Constraints() {}

    /** Neither control, format nor surrogate characters, and no space or line break at either end. */
    private static Pattern printable(int maxLength) {
        String inner = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]";
        String outer = "[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Z}]";
        return Pattern.compile(outer + "(?:" + inner + "{0," + (maxLength - 2) + "}" + outer + ")?");
    }

    static boolean isRequestId(String text) {
        return REQUEST_ID.matcher(text).matches();
    }

    static String requestId(String text) {
        check(isRequestId(text), "requestId", text, "1 to 200 printable characters without a space at either end");
        return text;
    }

    /** An absolute, hierarchical URI that names an object by its path and carries no credentials. */
    static URI location(String field, URI uri) {
        String text = uri.toString();
        check(text.length() <= MAX_URI_LENGTH, field, text, "at most " + MAX_URI_LENGTH + " characters");
        check(uri.isAbsolute() && !uri.isOpaque(), field, text, "an absolute URI such as s3://bucket/key");
        check(uri.getRawFragment() == null, field, text, "a URI without a fragment: '#' in a key is written %23");
        // The authority and not the user-info, which is null where the host is no host name.
        check(
                uri.getRawAuthority() == null || !uri.getRawAuthority().contains("@"),
                field,
                "(not shown)",
                "a URI without user name or password");
        return uri;
    }

    /** A location below which objects are: it ends with a slash. */
    static URI folder(String field, URI uri) {
        String text = location(field, uri).toString();
        check(text.endsWith("/"), field, text, "a folder, which ends with /");
        return uri;
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static String name(String field, String text) {
        check(NAME.matcher(text).matches(), field, text, "1 to 128 of A-Z a-z 0-9 . _ -, a letter or digit first");
        return text;
    }

    static String sha256(String field, String text) {
        check(SHA_256.matcher(text).matches(), field, text, "64 lower-case hexadecimal digits");
        return text;
    }

    /** An instant that RFC 3339 can write: its years have four digits. */
    static Instant instant(String field, Instant instant) {
        boolean isBetween = !instant.isBefore(FIRST_INSTANT) && !instant.isAfter(LAST_INSTANT);
        check(isBetween, field, instant.toString(), "in the years 0000 to 9999");
        return instant;
    }

    /** A text for people. */
    static void words(String field, String text, int maxLength) {
        check(text.codePointCount(0, text.length()) <= maxLength, field, text, "at most " + maxLength + " characters");
        check(!LONE_SURROGATE.matcher(text).find(), field, text, "well-formed Unicode");
    }

    static void range(String field, long value, long least, long most) {
        check(value >= least && value <= most, field, Long.toString(value), least + " to " + most);
    }

    static void range(String field, double value, double least, double most) {
        check(value >= least && value <= most, field, Double.toString(value), least + " to " + most);
    }

    static void oneOf(String field, String value, List<String> allowed) {
        check(allowed.contains(value), field, value, "one of " + allowed);
    }

    static Map<String, String> attributes(Map<String, String> attributes) {
        String size = attributes.size() + " entries";
        check(attributes.size() <= MAX_ATTRIBUTES, "attributes", size, "at most " + MAX_ATTRIBUTES + " entries");
        attributes.forEach(Constraints::attribute);
        return Map.copyOf(attributes);
    }

    static boolean isAttribute(String key, String value) {
        return ATTRIBUTE_KEY.matcher(key).matches()
                && value.codePointCount(0, value.length()) <= MAX_ATTRIBUTE_VALUE
                && !LONE_SURROGATE.matcher(value).find();
    }

    private static void attribute(String key, String value) {
        check(
                ATTRIBUTE_KEY.matcher(key).matches(),
                "a key of attributes",
                key,
                "1 to 64 printable characters without a space at either end");
        check(
                isAttribute(key, value),
                "attributes." + key,
                value,
                "at most " + MAX_ATTRIBUTE_VALUE + " characters of well-formed Unicode");
    }

    /** Durations measured with the clocks of two machines can come out negative; such a one counts as nothing. */
    static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static void check(boolean isMet, String field, String value, String right) {
        if (!isMet) {
            throw new IllegalArgumentException(field + " = " + Quotation.of(value) + ": must be " + right);
        }
    }
}
