package io.driftrec.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class BuildVersion implements IVersionProvider {
    static String text() {
        Properties build = new Properties();
        try (InputStream file = BuildVersion.class.getResourceAsStream("/driftrec-build.properties")) {
            build.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return build.getProperty("version");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"driftrec " + text()};
    }
}
