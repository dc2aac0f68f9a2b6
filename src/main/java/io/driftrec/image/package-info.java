/**
 * Pictures in and out: decoding with limits, encoding, JPEG corruption and colour statistics.
 *
 * <p>Read {@link io.driftrec.image.Picture} first, then {@link io.driftrec.image.ImageDecoder} and {@link
 * io.driftrec.image.ImageEncoder}. Decoding trusts no file: each container (JPEG segments, PNG chunks, WebP chunks) is
 * walked here, the size is checked against {@link io.driftrec.image.ImageLimits}, and the codec is given a stream that
 * holds nothing but what the pixels need. Colour profiles, EXIF blocks, text and thumbnails never reach it.
 *
 * <p>Imports no other package of driftrec; the only package that uses ImageIO.
 *
 * <p>Why so: "WebP is decoded in Java and encoded natively" and others in {@code src/docs/RATIONALE.md}.
 */
@NullMarked
package io.driftrec.image;

import org.jspecify.annotations.NullMarked;
