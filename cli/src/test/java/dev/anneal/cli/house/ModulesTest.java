package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our modules require, and what that requires. */
class ModulesTest {
  private static final House HOUSE = House.read();

  private static final String NAME = "Automatic-Module-Name";

  /** What writes pages and what is a command; no program is built on them. */
  private static final Set<String> NO_LIBRARY = Set.of("report", "cli");

  private static final ModuleFinder MODULES =
      ModuleFinder.of(
          Stream.concat(
                  Stream.concat(HOUSE.rooms().stream().map(Room::name), Stream.of("relocated"))
                      .map(room -> House.ROOT.resolve(room).resolve("target/classes")),
                  House.jars().stream())
              .toArray(Path[]::new));

  /** A jar may be renamed, and gets a descriptor one day, with another name. */
  @Test
  void noneStandsOnAModuleThatIsNamedAfterItsFile() {
    assertEquals(Map.of(), offending(room -> true, ModulesTest::isNamedAfterItsFile));
  }

  /** Else no image could be linked of it: jlink takes no jar without a descriptor. */
  @Test
  void noLibraryStandsOnAJarWithoutADescriptor() {
    assertEquals(
        Map.of(),
        offending(
            room -> !NO_LIBRARY.contains(room.name()),
            module -> module.descriptor().isAutomatic()));
  }

  @Test
  void theLawIsNoticedWhereItIsBroken(@TempDir Path folder) throws IOException {
    assertTrue(isNamedAfterItsFile(jar(folder.resolve("file.jar"), new Manifest())));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(NAME, "name");
    ModuleReference named = jar(folder.resolve("named.jar"), manifest);
    assertFalse(isNamedAfterItsFile(named));
    assertTrue(named.descriptor().isAutomatic());
  }

  private static ModuleReference jar(Path file, Manifest manifest) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      jar.finish();
    }
    return ModuleFinder.of(file).findAll().iterator().next();
  }

  private static Map<String, Set<String>> offending(
      Predicate<Room> rooms, Predicate<ModuleReference> law) {
    Map<String, Set<String>> offending = new TreeMap<>();
    for (Room room : HOUSE.rooms()) {
      if (rooms.test(room) && room.descriptor().isPresent()) {
        Set<String> found = below(room.descriptor().orElseThrow(), law);
        if (!found.isEmpty()) {
          offending.put(room.name(), found);
        }
      }
    }
    return offending;
  }

  /** All that a module needs, and what that needs, of a kind. */
  private static Set<String> below(ModuleDescriptor module, Predicate<ModuleReference> kind) {
    Map<String, Boolean> seen = new TreeMap<>();
    walk(module, kind, seen);
    Set<String> found = new TreeSet<>(seen.keySet());
    found.removeIf(name -> !seen.get(name));
    return found;
  }

  private static void walk(
      ModuleDescriptor module, Predicate<ModuleReference> kind, Map<String, Boolean> seen) {
    for (Requires needed : module.requires()) {
      if (needed.modifiers().contains(Requires.Modifier.STATIC)
          || ModuleFinder.ofSystem().find(needed.name()).isPresent()
          || seen.containsKey(needed.name())) {
        continue;
      }
      ModuleReference found = MODULES.find(needed.name()).orElseThrow();
      seen.put(needed.name(), kind.test(found));
      walk(found.descriptor(), kind, seen);
    }
  }

  private static boolean isNamedAfterItsFile(ModuleReference module) {
    if (!module.descriptor().isAutomatic()) {
      return false;
    }
    try (JarFile jar = new JarFile(Path.of(module.location().orElseThrow()).toFile())) {
      return jar.getManifest().getMainAttributes().getValue(NAME) == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
