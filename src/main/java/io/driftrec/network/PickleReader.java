package io.driftrec.network;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads Python's pickle format without executing it. A pickle is a program: it names functions and calls them. This reader
 * only ever looks a call up in {@link PickleConstructors}, a fixed list of constructors of plain data; a pickle that calls
 * anything else is refused with the name of what it would have called. Merely naming a class or function is harmless and
 * gives a {@link Global}.
 *
 * <p>Values are {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link #NONE}, {@code byte[]}, {@link List} (also
 * for tuples and sets), {@link Map} and what the constructors make. Entries of dictionaries whose key is neither text, integer,
 * boolean nor a global are dropped.
 */
final class PickleReader {
    /** Python's {@code None}. */
    static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "None";
        }
    };

    /** A class or function that the pickle names. */
    record Global(String module, String name) {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private PickleReader(byte[] pickle) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads one pickled object.
     *
     * @throws InvalidModelException when the pickle is damaged or would call something that is not allowed
     */
    static Object read(byte[] pickle) {
        PickleReader reader = new PickleReader(pickle);
        try {
            return reader.run();
        } catch (BufferUnderflowException
                | NoSuchElementException
                | ClassCastException
                | IndexOutOfBoundsException
                | NumberFormatException e) {
            throw new InvalidModelException("damaged pickle at byte " + reader.in.position(), e);
        }
    }

    private Object run() {
        while (true) {
            int opcode = byteValue();
            switch (opcode) {
                case '.' -> {
                    return stack.pop();
                }
                case 0x80 -> byteValue(); // PROTO
                case 0x95 -> in.getLong(); // FRAME
                case '(' -> stack.push(MARK);
                case '0' -> stack.pop();
                case '1' -> sinceMark();
                case '2' -> stack.push(stack.element());
                case 'Q' -> stack.push(PickleConstructors.storage(list(stack.pop())));
                case 'c' -> stack.push(new Global(line(), line()));
                case 0x93 -> {
                    String name = (String) stack.pop();
                    stack.push(new Global((String) stack.pop(), name));
                }
                case 'R', 0x81, 0x92, 'i', 'o' -> stack.push(call(opcode));
                case 'b' -> stack.pop(); // BUILD: attributes of an object, none of which is data that we want
                case 'q' -> memo.put(byteValue(), stack.element());
                case 'r' -> memo.put(in.getInt(), stack.element());
                case 0x94 -> memo.put(memo.size(), stack.element());
                case 'h' -> stack.push(remembered(byteValue()));
                case 'j' -> stack.push(remembered(in.getInt()));
                default -> {
                    if (!scalar(opcode) && !container(opcode)) {
                        throw new InvalidModelException("pickle opcode 0x%02x at byte %d is not supported"
                                .formatted(opcode, in.position() - 1));
                    }
                }
            }
        }
    }

    /** The five ways to call: REDUCE, NEWOBJ, NEWOBJ_EX, INST and OBJ. */
    private Object call(int opcode) {
        if (opcode == 'i') {
            List<Object> arguments = sinceMark();
            return PickleConstructors.call(new Global(line(), line()), arguments);
        }
        if (opcode == 'o') {
            List<Object> operands = sinceMark();
            return PickleConstructors.call((Global) operands.remove(0), operands);
        }
        if (opcode == 0x92) {
            stack.pop(); // keyword arguments
        }
        List<Object> arguments = list(stack.pop());
        return PickleConstructors.call((Global) stack.pop(), arguments);
    }

    private boolean scalar(int opcode) {
        switch (opcode) {
            case 'N' -> stack.push(NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'J' -> stack.push((long) in.getInt());
            case 'K' -> stack.push((long) byteValue());
            case 'M' -> stack.push((long) Short.toUnsignedInt(in.getShort()));
            case 0x8A -> stack.push(integer(bytes(byteValue())));
            case 'I' -> stack.push(Long.valueOf(line()));
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'S', 'V' -> stack.push(line());
            case 'X', 'T' -> stack.push(text(in.getInt()));
            case 0x8C, 'U' -> stack.push(text(byteValue()));
            case 'B' -> stack.push(bytes(in.getInt()));
            case 'C' -> stack.push(bytes(byteValue()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case ']', ')', 0x8F -> stack.push(new ArrayList<>());
            case '}' -> stack.push(new LinkedHashMap<>());
            case 't', 'l', 0x91 -> stack.push(sinceMark());
            case 0x85 -> stack.push(new ArrayList<>(List.of(stack.pop())));
            case 0x86, 0x87 -> stack.push(top(opcode - 0x84));
            case 'd' -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                put(entries, sinceMark());
                stack.push(entries);
            }
            case 'a' -> {
                Object element = stack.pop();
                list(stack.element()).add(element);
            }
            case 'e', 0x90 -> {
                List<Object> elements = sinceMark();
                list(stack.element()).addAll(elements);
            }
            case 's' -> put(stack, top(2));
            case 'u' -> put(stack, sinceMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void put(Deque<Object> stack, List<Object> pairs) {
        Object target = stack.element();
        if (target instanceof PickleConstructors.Opaque) {
            return; // items of an object that is no data for us
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> entries = (Map<Object, Object>) target;
        put(entries, pairs);
    }

    private static void put(Map<Object, Object> entries, List<Object> pairs) {
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            if (key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof Global) {
                entries.put(key, pairs.get(i + 1));
            }
        }
    }

    private List<Object> sinceMark() {
        List<Object> values = new ArrayList<>();
        for (Object value = stack.pop(); value != MARK; value = stack.pop()) {
            values.add(value);
        }
        Collections.reverse(values);
        return values;
    }

    private List<Object> top(int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(stack.pop());
        }
        Collections.reverse(values);
        return values;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private Object remembered(int key) {
        Object value = memo.get(key);
        if (value == null) {
            throw new InvalidModelException("damaged pickle: nothing was remembered under " + key);
        }
        return value;
    }

    private static long integer(byte[] littleEndian) {
        if (littleEndian.length == 0) {
            return 0;
        }
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        return new BigInteger(bigEndian).longValue(); // storages' identifiers may be longer; nothing that we use is
    }

    private int byteValue() {
        return Byte.toUnsignedInt(in.get());
    }

    private byte[] bytes(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private String text(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private String line() {
        int start = in.position();
        int length = 0;
        while (in.get() != '\n') {
            length++;
        }
        return new String(in.array(), start, length, StandardCharsets.UTF_8);
    }
}
