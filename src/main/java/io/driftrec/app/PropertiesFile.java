package io.driftrec.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A properties file that an option names. */
final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * @param option whose value the path is
     * @throws CannotStart when the file can't be read
     */
    static Properties read(String option, Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CannotStart(
                    option + " " + path + ": not a readable properties file (" + unreadable + ")", unreadable);
        }
        return properties;
    }
}
