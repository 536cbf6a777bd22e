package dev.anneal.cli.house;

import java.lang.classfile.Signature;
import java.lang.classfile.Signature.ArrayTypeSig;
import java.lang.classfile.Signature.BaseTypeSig;
import java.lang.classfile.Signature.ClassTypeSig;
import java.lang.classfile.Signature.TypeArg;
import java.lang.classfile.Signature.TypeParam;
import java.lang.classfile.Signature.TypeVarSig;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types as a Java program writes them, without packages. */
final class TypeNames {
  private TypeNames() {}

  static String of(Signature type) {
    return switch (type) {
      case BaseTypeSig base -> primitive(base.baseType());
      case ArrayTypeSig array -> of(array.componentSignature()) + "[]";
      case TypeVarSig variable -> variable.identifier();
      case ClassTypeSig named -> outer(named) + simple(named.className()) + arguments(named);
    };
  }

  static String list(List<? extends Signature> types) {
    return types.stream().map(TypeNames::of).collect(Collectors.joining(", "));
  }

  /** {@code <A, B extends C & D>}, or nothing. */
  static String parameters(List<TypeParam> parameters) {
    return parameters.isEmpty()
        ? ""
        : parameters.stream().map(TypeNames::parameter).collect(Collectors.joining(", ", "<", ">"));
  }

  /** The name of a class without its package, a point between outer and nested. */
  static String simple(String internalName) {
    return internalName.substring(internalName.lastIndexOf('/') + 1).replace('$', '.');
  }

  private static String parameter(TypeParam parameter) {
    String bounds =
        Stream.concat(parameter.classBound().stream(), parameter.interfaceBounds().stream())
            .map(TypeNames::of)
            .filter(bound -> !bound.equals("Object"))
            .collect(Collectors.joining(" & "));
    return parameter.identifier() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  private static String outer(ClassTypeSig named) {
    return named.outerType().map(type -> of(type) + ".").orElse("");
  }

  private static String arguments(ClassTypeSig named) {
    return named.typeArgs().isEmpty()
        ? ""
        : named.typeArgs().stream()
            .map(TypeNames::argument)
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private static String argument(TypeArg argument) {
    return switch (argument) {
      case TypeArg.Unbounded any -> "?";
      case TypeArg.Bounded bounded ->
          switch (bounded.wildcardIndicator()) {
            case NONE -> of(bounded.boundType());
            case EXTENDS -> "? extends " + of(bounded.boundType());
            case SUPER -> "? super " + of(bounded.boundType());
          };
    };
  }

  private static String primitive(char letter) {
    return switch (letter) {
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'D' -> "double";
      case 'F' -> "float";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'S' -> "short";
      case 'V' -> "void";
      default -> "boolean";
    };
  }
}
