package io.driftrec.app;

import io.driftrec.diffusion.ForwardProcess;
import io.driftrec.diffusion.SamplerCatalogue;
import io.driftrec.evaluation.protocol.Journal;
import io.driftrec.evaluation.protocol.Method;
import io.driftrec.evaluation.protocol.PeerCommand;
import io.driftrec.evaluation.protocol.PeerTemplate;
import io.driftrec.evaluation.protocol.Untouched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Who restores the images of an evaluation. */
final class ContenderOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            split = ",",
            description = "Models to evaluate; may be repeated (default: --default-model).")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--sampler",
            paramLabel = "S",
            split = ",",
            description =
                    "KIND[:STEPS][:OPTION=VALUE]..., such as 2m:10, x0, ode:1e-3 or ddim:20:eta=0.5, or a preset, such as "
                            + "balanced; may be repeated. Each goes with the models whose process it fits (default: "
                            + "--default-sampler, or posterior where that does not fit).")
    private List<String> samplers = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "K[,K...]",
            split = ",",
            description = "Restorations to average, 1 to 64; several numbers draw curves over it (default: 1).")
    private List<Integer> samples = new ArrayList<>();

    @Option(
            names = "--no-colour-correction",
            fallbackValue = "true",
            description = "Leave the channel means as sampled; by default those of the JPEG are restored.")
    private boolean colourCorrectionOff;

    @Option(
            names = "--peer",
            paramLabel = "NAME=COMMAND",
            description =
                    "A program to compare with: {in} in the command is a JPEG file, {out} a PNG file that it must write, {out.jpg} "
                            + "or {out.webp} another one. No shell reads the command; may be repeated.")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--peer-timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "For one image (default: ${DEFAULT-VALUE}).")
    private int peerTimeout;

    private List<SamplerChoice> named() {
        return samplers.stream().map(SamplerChoice::parse).toList();
    }

    /** The samplers of a model: those that are named and fit its process, or the standard one. */
    private List<SamplerChoice> choices(RestorerOptions restorer, String model, ForwardProcess process) {
        if (samplers.isEmpty()) {
            return List.of(SamplerChoice.parse(SamplerCatalogue.standardKind(restorer.defaultSampler(), process)));
        }
        List<SamplerChoice> fitting =
                named().stream().filter(choice -> choice.fits(process)).toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("--sampler is " + samplers + ": none fits model " + model
                    + ", whose process " + process.name() + " goes with " + SamplerCatalogue.kinds(process));
        }
        return fitting;
    }

    private void checkThatEachFitsAModel(Collection<ForwardProcess> processes) {
        for (SamplerChoice choice : named()) {
            if (processes.stream().noneMatch(choice::fits)) {
                throw new IllegalArgumentException(
                        "--sampler " + choice.id() + " fits none of the models, whose processes are "
                                + processes.stream()
                                        .map(ForwardProcess::name)
                                        .distinct()
                                        .toList());
            }
        }
    }

    private List<PeerTemplate> templates() {
        return peers.stream().map(PeerTemplate::parse).toList();
    }

    /**
     * Checks what can be checked before models are loaded.
     *
     * @throws IllegalArgumentException naming the value that is wrong
     */
    void check(RestorerOptions restorer) {
        SamplerChoice.parse(restorer.defaultSampler());
        named();
        templates();
        samples().forEach(number -> {
            if (number < 1 || number > 64) {
                throw new IllegalArgumentException("--samples is " + number + ": it must be 1 to 64");
            }
        });
        if (peerTimeout < 1) {
            throw new IllegalArgumentException("--peer-timeout is " + peerTimeout + ": it must be at least 1 second");
        }
    }

    List<String> models(RestorerOptions restorer) {
        return models.isEmpty() ? List.of(restorer.defaultModel()) : models;
    }

    /**
     * All rows of the tables: clean, JPEG, models with samplers and numbers of samples, peers.
     *
     * @param processes of the models, by name
     * @throws IllegalArgumentException when a model has no sampler that fits, or a sampler no model
     */
    List<Method> methods(RestorerOptions restorer, Map<String, ForwardProcess> processes, LaneMethod.Lanes lanes) {
        checkThatEachFitsAModel(processes.values());
        List<Method> methods = new ArrayList<>(List.of(Untouched.CLEAN, Untouched.JPEG));
        processes.forEach((model, process) -> {
            for (SamplerChoice sampler : choices(restorer, model, process)) {
                samples()
                        .forEach(number ->
                                methods.add(new LaneMethod(model, sampler, number, !colourCorrectionOff, lanes)));
            }
        });
        Duration timeout = Duration.ofSeconds(peerTimeout);
        templates().forEach(peer -> methods.add(new PeerCommand(peer, timeout, lanes.work())));
        return methods;
    }

    /** What decides their results, by name. */
    Map<String, String> settings(RestorerOptions restorer, Map<String, ForwardProcess> processes) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("colour correction", colourCorrectionOff ? "off" : "on");
        processes.forEach((model, process) -> choices(restorer, model, process)
                .forEach(sampler -> settings.put("sampler " + sampler.id(), sampler.effective())));
        templates().forEach(peer -> settings.put(Journal.ofMethod(peer.name()), peer.text()));
        return settings;
    }

    private List<Integer> samples() {
        return samples.isEmpty() ? List.of(1) : samples;
    }
}
