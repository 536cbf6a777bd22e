package dev.anneal.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The laws of the house that compiled classes can show. */
class ArchitectureTest {
  private static final House HOUSE = House.read();

  /** What a room may know of the others. Whatever is not here is a wall. */
  private static final Map<String, Set<String>> KNOWS =
      Map.ofEntries(
          Map.entry("processor", Set.of()),
          Map.entry("api", Set.of()),
          Map.entry("core", Set.of("api")),
          Map.entry("testkit", Set.of("api", "core")),
          Map.entry("schedulers", Set.of("api")),
          Map.entry("formulas", Set.of("api")),
          Map.entry("optimizers", Set.of("api")),
          Map.entry("interop", Set.of("api", "schedulers")),
          Map.entry("nn", Set.of("api", "core")),
          Map.entry("data", Set.of("api", "core")),
          Map.entry("preview", Set.of("api")),
          Map.entry("experiments", Set.of("api", "core", "nn", "data", "preview")),
          Map.entry("comparison", Set.of("api", "core", "nn", "data", "preview", "experiments")),
          Map.entry(
              "search",
              Set.of("api", "core", "nn", "data", "preview", "experiments", "comparison")),
          Map.entry(
              "report",
              Set.of("api", "nn", "data", "preview", "experiments", "comparison", "search")),
          Map.entry(
              "cli",
              Set.of(
                  "api",
                  "core",
                  "interop",
                  "nn",
                  "data",
                  "preview",
                  "experiments",
                  "comparison",
                  "search",
                  "report")));

  /** What a room needs beside the others and java.base; those that are not here need nothing. */
  private static final Map<String, Set<String>> NEEDS =
      Map.ofEntries(
          Map.entry("processor", Set.of("java.compiler")),
          Map.entry("core", Set.of("jdk.incubator.vector", "jdk.management")),
          Map.entry("formulas", Set.of("dev.anneal.relocated")),
          Map.entry("optimizers", Set.of("dev.anneal.relocated")),
          Map.entry("nn", Set.of("tools.jackson.core")),
          Map.entry(
              "data",
              Set.of(
                  "ch.randelshofer.fastdoubleparser",
                  "de.siegmar.fastcsv",
                  "java.net.http",
                  "tools.jackson.databind")),
          Map.entry(
              "experiments",
              Set.of(
                  "de.siegmar.fastcsv", "tools.jackson.databind", "tools.jackson.dataformat.yaml")),
          Map.entry("comparison", Set.of("org.apache.commons.statistics.distribution")),
          Map.entry("search", Set.of("dev.anneal.relocated", "tools.jackson.databind")),
          Map.entry("report", Set.of("de.siegmar.fastcsv", "tools.jackson.databind")),
          Map.entry(
              "cli",
              Set.of(
                  "info.picocli",
                  "java.compiler",
                  "me.tongfei.progressbar",
                  "tools.jackson.databind")));

  private static final Set<String> PLUGINS = Set.of("schedulers", "formulas", "optimizers");

  @Test
  void packagesFormNoCycle() {
    assertEquals(
        List.of(),
        PackageGraph.of(HOUSE.rooms().stream().flatMap(room -> room.classes().stream())).cycle());
  }

  @Test
  void everyRoomHasItsWalls() {
    assertEquals(
        KNOWS.keySet(), HOUSE.rooms().stream().map(Room::name).collect(Collectors.toSet()));
  }

  @Test
  void arrowsBetweenRoomsPointDown() {
    List<String> below = new ArrayList<>();
    for (Room room : HOUSE.rooms()) {
      assertTrue(below.containsAll(KNOWS.get(room.name())), room::name);
      below.add(room.name());
    }
  }

  @Test
  void noRoomNamesWhatItMayNotKnow() {
    Map<String, String> rooms = roomsOfPackages();
    PackageGraph graph = PackageGraph.of(HOUSE.classes());
    Map<String, Set<String>> through = new TreeMap<>();
    rooms.forEach((from, room) ->
        graph.named(from).stream()
            .filter(rooms::containsKey)
            .filter(to -> !rooms.get(to).equals(room))
            .filter(to -> !KNOWS.get(room).contains(rooms.get(to)))
            .forEach(to -> through.computeIfAbsent(from, name -> new TreeSet<>()).add(to)));
    assertEquals(Map.of(), through);
  }

  @Test
  void modulesRequireWhatTheyMayKnowAndNothingElse() {
    for (Room room : HOUSE.rooms()) {
      room.descriptor()
          .ifPresent(module -> {
            Set<String> required = required(module);
            Set<String> allowed = allowed(room.name());
            assertTrue(allowed.containsAll(required), () -> room.name() + ": " + required);
          });
    }
  }

  /** Plugins are found at run time, those of the house too: not even a text has their names. */
  @Test
  void noRoomNamesAPlugin() {
    for (String plugin : PLUGINS) {
      Predicate<Room> stranger =
          room -> !room.name().equals(plugin) && !KNOWS.get(room.name()).contains(plugin);
      assertEquals(List.of(), saying(stranger, "dev.anneal." + plugin), plugin);
    }
  }

  /** Classes that the JVM would link; the code generator names them in its output only. */
  @Test
  void onePackageAloneTouchesTheIncubator() {
    assertEquals(
        Set.of("dev.anneal.core.vector"),
        HOUSE
            .classes()
            .filter(type -> names(type, "jdk/incubator/"))
            .map(type -> Names.packageOf(type.thisClass().asInternalName()))
            .collect(Collectors.toSet()));
  }

  @Test
  void onlyTheEngineSpeaksOfTheIncubator() {
    assertEquals(List.of(), saying(room -> !room.name().equals("core"), "jdk.incubator"));
  }

  @Test
  void noNativeMethodsUnsafeOrSerialization() {
    HOUSE.classes().forEach(ArchitectureTest::checkOrdinary);
  }

  private static void checkOrdinary(ClassModel type) {
    assertTrue(
        type.methods().stream().noneMatch(method -> method.flags().has(AccessFlag.NATIVE)),
        () -> Names.of(type));
    assertEquals(
        List.of(),
        Names.types(type).stream()
            .filter(name ->
                name.startsWith("sun/")
                    || name.startsWith("jdk/internal/")
                    || name.startsWith("java/lang/foreign/")
                    || name.matches("java/io/Object(In|Out)putStream"))
            .toList(),
        () -> Names.of(type));
  }

  /** Other frameworks' code is written and read in one room. */
  @Test
  void interopAloneWritesPython() {
    assertEquals(
        Set.of("interop"),
        HOUSE.rooms().stream()
            .filter(room -> room.classes().stream().anyMatch(ArchitectureTest::speaksPython))
            .map(Room::name)
            .collect(Collectors.toSet()));
  }

  private static boolean speaksPython(ClassModel type) {
    return type.thisClass().asInternalName().matches(".*/\\w*Python\\w*");
  }

  private static boolean names(ClassModel type, String prefix) {
    return Names.types(type).stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** The classes of some rooms that have a text with a part in it, with that text. */
  private static List<String> saying(Predicate<Room> rooms, String part) {
    return HOUSE.rooms().stream()
        .filter(rooms)
        .flatMap(room -> room.classes().stream())
        .flatMap(type -> saying(type, part))
        .toList();
  }

  private static Stream<String> saying(ClassModel type, String part) {
    return Names.texts(type)
        .filter(text -> text.contains(part))
        .map(text -> Names.of(type) + ": " + text);
  }

  private static Map<String, String> roomsOfPackages() {
    Map<String, String> rooms = new TreeMap<>();
    for (Room room : HOUSE.rooms()) {
      room.packages().forEach(name -> rooms.put(name, room.name()));
    }
    return rooms;
  }

  private static Set<String> required(ModuleDescriptor module) {
    return module.requires().stream()
        .filter(needed -> !needed.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .filter(name -> !name.equals("java.base"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> allowed(String room) {
    return Stream.concat(
            KNOWS.get(room).stream().map(name -> "dev.anneal." + name),
            NEEDS.getOrDefault(room, Set.of()).stream())
        .collect(Collectors.toSet());
  }
}
