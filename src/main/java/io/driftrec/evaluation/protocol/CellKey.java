package io.driftrec.evaluation.protocol;

/** One image under one condition and one method: what an evaluation does one at a time. */
public record CellKey(String condition, String image, String method) {}
