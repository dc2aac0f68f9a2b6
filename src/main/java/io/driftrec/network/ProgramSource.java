package io.driftrec.network;

import io.driftrec.network.TorchScriptProgram.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects the statements and tensors of a program in the making. Values are named by the strings it returns. */
final class ProgramSource {
    private final List<String> arguments;
    private final List<String> statements = new ArrayList<>();
    private final Map<String, Attribute> attributes = new LinkedHashMap<>();
    private int values;

    ProgramSource(String... arguments) {
        this.arguments = List.of(arguments);
    }

    /** Calls {@code torch.<function>} and names its result. */
    String call(String function, Object... operands) {
        List<String> texts = new ArrayList<>();
        for (Object operand : operands) {
            texts.add(literal(operand));
        }
        String value = "v" + ++values;
        statements.add("%s = torch.%s(%s)".formatted(value, function, String.join(", ", texts)));
        return value;
    }

    /** Splits a vector into consecutive parts of the given sizes and names them. */
    List<String> split(String vector, List<Long> sizes) {
        List<String> parts = sizes.stream().map(size -> "v" + ++values).toList();
        statements.add("%s, = torch.split_with_sizes(%s, %s)".formatted(String.join(", ", parts), vector, sizes));
        return parts;
    }

    /** A tensor of the module; asked for again under the same name, it is the same tensor. */
    String attribute(String name, Attribute attribute) {
        attributes.putIfAbsent(name, attribute);
        return "self." + name;
    }

    TorchScriptProgram returning(String value) {
        statements.add("return " + value);
        return new TorchScriptProgram(arguments, statements, attributes);
    }

    private static String literal(Object operand) {
        if (operand instanceof Boolean bool) {
            return bool ? "True" : "False";
        }
        if (operand instanceof Double number) {
            return Double.toString(number).toLowerCase(Locale.ROOT);
        }
        return operand.toString(); // a value's name, an integer, a list of these
    }
}
