package dev.anneal.cli.house;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.reflect.AccessFlag;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Who may see what, and who wrote it. */
final class Access {
  private static final String BUILDER = "dev/anneal/api/plugin/PluginBuilder";

  private Access() {}

  /** Whether this is a builder, generated from the record that it builds. */
  static boolean generated(ClassModel type) {
    return type.superclass().filter(above -> above.asInternalName().equals(BUILDER)).isPresent();
  }

  static boolean topLevel(ClassModel type) {
    return nesting(type).isEmpty();
  }

  static boolean isPublic(ClassModel type) {
    return type.flags().has(AccessFlag.PUBLIC);
  }

  static boolean visible(FieldModel field) {
    return (field.flags().has(AccessFlag.PUBLIC) || field.flags().has(AccessFlag.PROTECTED))
        && !field.flags().has(AccessFlag.SYNTHETIC);
  }

  static boolean visible(MethodModel method) {
    return (method.flags().has(AccessFlag.PUBLIC) || method.flags().has(AccessFlag.PROTECTED))
        && !method.flags().has(AccessFlag.SYNTHETIC);
  }

  static boolean visible(InnerClassInfo nested) {
    return nested.has(AccessFlag.PUBLIC) || nested.has(AccessFlag.PROTECTED);
  }

  /** What a nested type says of itself; its own flags do not know protected and static. */
  static Optional<InnerClassInfo> nesting(ClassModel type) {
    return inner(type).stream()
        .filter(info -> info.innerClass().equals(type.thisClass()))
        .findFirst();
  }

  /** The types that a type declares, sorted by name; no local ones. */
  static List<InnerClassInfo> members(ClassModel type) {
    return inner(type).stream()
        .filter(info -> info.outerClass().filter(type.thisClass()::equals).isPresent())
        .sorted(Comparator.comparing(info -> info.innerClass().asInternalName()))
        .toList();
  }

  private static List<InnerClassInfo> inner(ClassModel type) {
    return type.findAttribute(Attributes.innerClasses())
        .map(attribute -> attribute.classes())
        .orElse(List.of());
  }
}
