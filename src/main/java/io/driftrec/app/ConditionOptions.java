package io.driftrec.app;

import io.driftrec.evaluation.protocol.Condition;
import io.driftrec.evaluation.protocol.Shift;
import io.driftrec.image.ChromaSubsampling;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How the clean images of an evaluation are damaged. */
final class ConditionOptions {
    private static final List<Integer> STANDARD = List.of(5, 10, 20, 30);
    private static final Pattern PAIR = Pattern.compile("(\\d{1,3}),(\\d{1,3})");

    @Option(
            names = "--quality",
            paramLabel = "Q[,Q...]",
            split = ",",
            description = "JPEG qualities, 0 to 100 (default: 5,10,20,30; none where there is a --double).")
    private List<Integer> qualities = new ArrayList<>();

    @Option(
            names = "--double",
            paramLabel = "Q1,Q2",
            description = "Unaligned double compression, first Q1, then Q2; may be repeated.")
    private List<String> doubles = new ArrayList<>();

    @Option(
            names = "--shift",
            paramLabel = "X,Y",
            defaultValue = "random",
            description =
                    "Of the second block grid of --double, such as 4,4; or random, 0 to 4 by seed (default: ${DEFAULT-VALUE}).")
    private String shift = "random";

    @Option(
            names = "--subsampling",
            paramLabel = "S",
            defaultValue = "420",
            description = "Of the colours: 420 or 444 (default: ${DEFAULT-VALUE}).")
    private String subsampling = "420";

    /**
     * The conditions, in the order of the command line.
     *
     * @throws IllegalArgumentException naming the value that is wrong
     */
    List<Condition> conditions() {
        ChromaSubsampling colours =
                switch (subsampling) {
                    case "420" -> ChromaSubsampling.CHROMA_420;
                    case "444" -> ChromaSubsampling.CHROMA_444;
                    default ->
                        throw new IllegalArgumentException(
                                "--subsampling is '" + subsampling + "': it must be 420 or 444");
                };
        Shift by = Shift.parse(shift);
        List<Condition> conditions = new ArrayList<>();
        List<Integer> singles = qualities.isEmpty() && doubles.isEmpty() ? STANDARD : qualities;
        singles.forEach(quality -> conditions.add(new Condition.Single(quality, colours)));
        for (String pair : doubles) {
            Matcher two = PAIR.matcher(pair);
            if (!two.matches()) {
                throw new IllegalArgumentException("--double is '" + pair + "': it must be Q1,Q2, such as 10,30");
            }
            conditions.add(new Condition.UnalignedDouble(
                    Integer.parseInt(two.group(1)), Integer.parseInt(two.group(2)), by, colours));
        }
        return conditions;
    }
}
