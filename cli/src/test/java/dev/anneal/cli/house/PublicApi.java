package dev.anneal.cli.house;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What strangers may use: the public types of the packages that are exported to everybody. It is
 * read from the compiled classes and in an order of its own, so that no compiler changes it.
 */
final class PublicApi {
  private final Room room;
  private final Map<ClassEntry, ClassModel> types;

  private PublicApi(Room room) {
    this.room = room;
    this.types =
        room.classes().stream()
            .collect(Collectors.toMap(ClassModel::thisClass, Function.identity()));
  }

  /** The lines of a module: its exports, then each type and, indented, its members. */
  static List<String> lines(Room room) {
    return new PublicApi(room).lines();
  }

  /** The public types of a room that are not nested, generated builders left out. */
  static List<ClassModel> publicTypes(Room room) {
    return room.classes().stream()
        .filter(type -> Access.topLevel(type) && Access.isPublic(type) && !Access.generated(type))
        .toList();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("module " + room.module());
    room.packages().stream().map(this::export).map(PublicApi::indented).forEach(lines::add);
    Set<String> open = exportedToAll();
    publicTypes(room).stream()
        .filter(type -> open.contains(Names.packageOf(type.thisClass().asInternalName())))
        .forEach(type -> add(type, lines));
    return lines;
  }

  private void add(ClassModel type, List<String> lines) {
    TypeText text = new TypeText(type);
    lines.add("");
    lines.add(text.line());
    text.members().stream().map(PublicApi::indented).forEach(lines::add);
    Access.members(type).stream()
        .filter(Access::visible)
        .map(nested -> types.get(nested.innerClass()))
        .filter(nested -> !Access.generated(nested))
        .forEach(nested -> add(nested, lines));
  }

  private String export(String name) {
    return room.descriptor().isEmpty()
        ? "exports " + name
        : exports(name).map(PublicApi::export).orElse("keeps " + name);
  }

  private Optional<Exports> exports(String name) {
    return room.descriptor().orElseThrow().exports().stream()
        .filter(exports -> exports.source().equals(name))
        .findFirst();
  }

  private static String export(Exports exports) {
    return "exports "
        + exports.source()
        + (exports.isQualified()
            ? " to " + String.join(", ", new TreeSet<>(exports.targets()))
            : "");
  }

  private Set<String> exportedToAll() {
    return room.descriptor()
        .map(module ->
            module.exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .collect(Collectors.toSet()))
        .orElseGet(room::packages);
  }

  private static String indented(String line) {
    return "    " + line;
  }
}
