package io.driftrec.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip whose entries are not compressed, as TorchScript archives are. */
final class StoredZip {
    private final ZipOutputStream zip;
    private final WritableByteChannel channel;

    StoredZip(OutputStream out) {
        this.zip = new ZipOutputStream(out);
        this.channel = Channels.newChannel(zip);
    }

    void add(String name, byte[] content) throws IOException {
        add(name, ByteBuffer.wrap(content));
    }

    void add(String name, ByteBuffer content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content.duplicate());
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.remaining());
        entry.setCrc(checksum.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        channel.write(content.duplicate());
        zip.closeEntry();
    }

    void finish() throws IOException {
        zip.finish();
    }
}
