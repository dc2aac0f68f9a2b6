package io.driftrec.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/**
 * Writes baseline JPEG with the tables, the subsampling and the bytes of libjpeg: the files equal Pillow's. A grey picture
 * becomes a file of one component.
 */
final class JpegEncoder {
    private static final String NATIVE_FORMAT = "javax_imageio_jpeg_image_1.0";

    private JpegEncoder() {}

    /**
     * @param quality 0 to 100; 0 acts like 1
     */
    static byte[] encode(Picture picture, int quality, ChromaSubsampling subsampling) throws IOException {
        BufferedImage image = Pixels8.of(picture, picture.isGrey(), false);
        ImageWriter writer = PlatformCodecs.writer("jpeg");
        try {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
            prescribe(metadata, quality, subsampling);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
                writer.setOutput(out);
                writer.write(null, new IIOImage(image, null, metadata), parameters);
            }
            return bytes.toByteArray();
        } finally {
            writer.dispose();
        }
    }

    private static void prescribe(IIOMetadata metadata, int quality, ChromaSubsampling subsampling)
            throws IIOInvalidTreeException {
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(NATIVE_FORMAT);
        for (IIOMetadataNode jfif : children(root, "app0JFIF")) {
            jfif.setAttribute("minorVersion", "1"); // as libjpeg writes it
        }
        for (IIOMetadataNode table : children(root, "dqtable")) {
            QuantisationTable kind = QuantisationTable.withId(Integer.parseInt(table.getAttribute("qtableId")));
            table.setUserObject(new JPEGQTable(kind.forQuality(quality)));
        }
        List<IIOMetadataNode> components = children(root, "componentSpec");
        if (components.size() > 1) {
            String factor = Integer.toString(subsampling.lumaFactor());
            components.get(0).setAttribute("HsamplingFactor", factor);
            components.get(0).setAttribute("VsamplingFactor", factor);
        }
        metadata.setFromTree(NATIVE_FORMAT, root);
    }

    private static List<IIOMetadataNode> children(IIOMetadataNode root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<IIOMetadataNode> children = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            children.add((IIOMetadataNode) nodes.item(i));
        }
        return children;
    }
}
