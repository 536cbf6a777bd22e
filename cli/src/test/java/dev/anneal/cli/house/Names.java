package dev.anneal.cli.house;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The names that a class contains. All of its pool counts: a type may stand in a signature, an
 * annotation or the label of a switch alone.
 */
final class Names {
  /** A type within a descriptor or a signature. */
  private static final Pattern WITHIN = Pattern.compile("L((?:\\w+/)+[\\w$]+)[;<]");

  private Names() {}

  /** The types that a class names, with slashes between packages. */
  static Set<String> types(ClassModel type) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : type.constantPool()) {
      switch (entry) {
        case ClassEntry named when !named.asInternalName().startsWith("[") ->
            names.add(named.asInternalName());
        case Utf8Entry text ->
            WITHIN.matcher(text.stringValue()).results().map(m -> m.group(1)).forEach(names::add);
        default -> {}
      }
    }
    return names;
  }

  /** All texts of a class, names and constants alike, with dots between packages. */
  static Stream<String> texts(ClassModel type) {
    return StreamSupport.stream(type.constantPool().spliterator(), false)
        .filter(Utf8Entry.class::isInstance)
        .map(entry -> dotted(((Utf8Entry) entry).stringValue()));
  }

  static String of(ClassModel type) {
    return dotted(type.thisClass().asInternalName());
  }

  static String packageOf(String internalName) {
    return dotted(internalName.substring(0, Math.max(0, internalName.lastIndexOf('/'))));
  }

  static String dotted(String internalName) {
    return internalName.replace('/', '.');
  }
}
