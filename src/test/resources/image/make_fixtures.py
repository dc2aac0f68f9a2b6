"""Makes the pictures of this folder: /usr/bin/python3 make_fixtures.py DIR (Pillow 9.4, numpy 1.24). See README.md."""

import gzip
import io
import struct
import sys
import zlib
from pathlib import Path

import numpy
from PIL import Image, ImageChops, ImageCms, ImageOps

OUT = Path(sys.argv[1])
WIDTH, HEIGHT = 45, 31
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def scene():
    """Gradients, an edge, a disc and a little noise, so that a turned or mirrored picture differs everywhere."""
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = numpy.stack([x * 215 // (WIDTH - 1), y * 215 // (HEIGHT - 1), (x + 2 * y) * 2 % 216], axis=2)
    rgb[5:12, 8:20] = (210, 40, 10)
    rgb[(x - 32) ** 2 + (y - 18) ** 2 < 60] = (20, 60, 200)
    rgb += numpy.random.default_rng(7).integers(0, 40, rgb.shape)
    return rgb.astype(numpy.uint8)


RGB = scene()
PHOTO = Image.fromarray(RGB)
GREY = PHOTO.convert("L")
ALPHA = Image.fromarray(
    numpy.clip(numpy.add.outer(numpy.arange(HEIGHT), numpy.arange(WIDTH)) * 4, 0, 255).astype(numpy.uint8))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def write(name, data, expected=None):
    """The file, and beside it the 8 bit RGBA samples that Pillow reads from it."""
    (OUT / name).write_bytes(data)
    if expected is None:
        expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA")
    (OUT / "expected").mkdir(exist_ok=True)
    (OUT / "expected" / (name + ".rgba.gz")).write_bytes(gzip.compress(expected.tobytes(), 9, mtime=0))


def encoded(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, **options)
    return buffer.getvalue()


def jpeg(image, **options):
    return encoded(image, format="jpeg", **{"quality": 85, **options})


def jpegs():
    write("baseline-420.jpg", jpeg(PHOTO))
    write("baseline-422.jpg", jpeg(PHOTO, subsampling="4:2:2"))
    write("baseline-444.jpg", jpeg(PHOTO, subsampling="4:4:4"))
    write("progressive.jpg", jpeg(PHOTO, progressive=True))
    write("grey.jpg", jpeg(GREY))
    write("grey-progressive.jpg", jpeg(GREY, progressive=True))
    write("profile.jpg", jpeg(PHOTO, icc_profile=SRGB.tobytes()))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        write(f"orientation-{orientation}.jpg", jpeg(PHOTO, exif=exif.tobytes()))
    # red, green and blue as components, said by Adobe's transform 0
    plain = jpeg(PHOTO, subsampling="4:4:4")
    write("rgb-adobe.jpg", plain[:2] + b"\xff\xee\x00\x0eAdobe\x00d\x00\x00\x00\x00\x00" + plain[20:])


def cmyk_profile():
    """A CMYK profile with a table of 3 points an ink to Lab, in which yellow has half its strength, so that use shows."""
    to_lab = ImageCms.buildTransform(SRGB, ImageCms.createProfile("LAB"), "RGB", "LAB")
    table = bytearray()
    for c, m, y, k in numpy.ndindex(3, 3, 3, 3):
        paper = numpy.array([1 - c / 2, 1 - m / 2, 1 - y / 4]) * (1 - k / 2)
        pixel = Image.new("RGB", (1, 1), tuple(int(round(255 * v)) for v in paper))
        lightness, a, b = ImageCms.applyTransform(pixel, to_lab).getpixel((0, 0))
        table += bytes([lightness, a ^ 0x80, b ^ 0x80])
    lut = b"mft1" + bytes(4) + bytes([4, 3, 3, 0]) + struct.pack(">9i", *(numpy.eye(3).ravel() * 65536).astype(int))
    lut += bytes(range(256)) * 4 + bytes(table) + bytes(range(256)) * 3
    name = b"CMYK by table\0"
    white = struct.pack(">3i", 63190, 65536, 54061)
    tags = [
        (b"desc", b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78)),
        (b"cprt", b"text" + bytes(4) + b"public domain\0"),
        (b"wtpt", b"XYZ " + bytes(4) + white),
        (b"A2B0", lut),
    ]
    directory, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, data in tags:
        directory += tag + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    header = struct.pack(">I4sI4s4s4s6H4s", start + len(body), b"none", 0x02400000, b"prtr", b"CMYK", b"Lab ",
                         2026, 1, 1, 0, 0, 0, b"acsp")
    header = (header + bytes(68 - len(header)) + white).ljust(128, b"\0")
    return header + directory + body


def cmyks():
    cyan, magenta, yellow, _ = PHOTO.convert("CMYK").split()
    black = ImageChops.invert(GREY).point(lambda v: v // 3)
    inks = Image.merge("CMYK", (cyan, magenta, yellow, black))
    plain = jpeg(inks, quality=90)
    write("cmyk.jpg", plain)
    adobe = plain.index(b"\xff\xee")
    write("cmyk-unmarked.jpg", plain[:adobe] + plain[adobe + 16:])
    # Pillow stores the complement of what it is given
    ycc = [ImageChops.invert(c) for c in Image.merge("RGB", (cyan, magenta, yellow)).convert("YCbCr").split()]
    ycck = bytearray(jpeg(Image.merge("CMYK", (*ycc, black)), quality=90))
    ycck[adobe + 15] = 2
    write("ycck.jpg", bytes(ycck))
    profile = cmyk_profile()
    profiled = jpeg(inks, quality=90, icc_profile=profile)
    decoded = Image.open(io.BytesIO(profiled))
    converted = ImageCms.profileToProfile(decoded, io.BytesIO(profile), SRGB, outputMode="RGB")
    write("cmyk-profile.jpg", profiled, converted.convert("RGBA"))


def chunk(kind, payload):
    return struct.pack(">I", len(payload)) + kind + payload + struct.pack(">I", zlib.crc32(kind + payload))


def raw_png(depth, colour_type, interlaced, rows):
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour_type, 0, 0, interlaced))
            + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def png16(name, colour_type, samples):
    """The expected samples are 16 bit here, as many as the file has."""
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    (OUT / name).write_bytes(raw_png(16, colour_type, 0, rows))
    raw = gzip.compress(samples.astype(">u2").tobytes(), 9, mtime=0)
    (OUT / "expected" / (name + ".u16.gz")).write_bytes(raw)


def pngs():
    rgba = Image.merge("RGBA", [*PHOTO.split(), ALPHA])
    write("rgb.png", encoded(PHOTO, format="png"))
    write("grey.png", encoded(GREY, format="png"))
    write("grey-1bit.png", encoded(PHOTO.convert("1"), format="png"))
    write("grey-alpha.png", encoded(Image.merge("LA", [GREY, ALPHA]), format="png"))
    write("rgb-alpha.png", encoded(rgba, format="png"))
    write("palette.png", encoded(PHOTO.quantize(200), format="png"))
    write("palette-4bit.png", encoded(PHOTO.quantize(13), format="png", bits=4))
    write("palette-alpha.png", encoded(PHOTO.quantize(13), format="png", transparency=bytes([0, 100, 200])))
    write("palette-grey.png", encoded(GREY.convert("P"), format="png"))
    write("rgb-key.png", encoded(PHOTO, format="png", transparency=PHOTO.getpixel((10, 6))))
    write("grey-key.png", encoded(GREY, format="png", transparency=GREY.getpixel((10, 6))))
    write("profile.png", encoded(PHOTO, format="png", icc_profile=SRGB.tobytes()))
    rows = b"".join(b"\0" + row.tobytes() for x0, y0, dx, dy in ADAM7 for row in RGB[y0::dy, x0::dx])
    write("interlaced.png", raw_png(8, 2, 1, rows))
    wide = RGB.astype(numpy.uint16) * 257 - (RGB > 128) * numpy.uint16(100)
    wide_alpha = numpy.asarray(ALPHA).astype(numpy.uint16)[..., None] * 257
    png16("rgb-16bit.png", 2, wide)
    png16("rgb-alpha-16bit.png", 6, numpy.concatenate([wide, wide_alpha], axis=2))
    png16("grey-16bit.png", 0, wide[..., :1])


def webps():
    rgba = Image.merge("RGBA", [*PHOTO.split(), ALPHA])
    write("lossy.webp", encoded(PHOTO, format="webp", quality=80))
    write("lossless.webp", encoded(PHOTO, format="webp", lossless=True))
    write("lossy-alpha.webp", encoded(rgba, format="webp", quality=80))
    write("lossless-alpha.webp", encoded(rgba, format="webp", lossless=True, exact=True))
    write("profile.webp", encoded(PHOTO, format="webp", quality=80, icc_profile=SRGB.tobytes()))


def animations():
    mirrored = [ImageOps.mirror(PHOTO)]
    (OUT / "animated.webp").write_bytes(encoded(PHOTO, format="webp", save_all=True, append_images=mirrored))
    (OUT / "animated.png").write_bytes(encoded(PHOTO, format="png", save_all=True, append_images=mirrored))


jpegs()
cmyks()
pngs()
webps()
animations()
(OUT / "srgb.icc").write_bytes(SRGB.tobytes())
