package dev.anneal.cli.house;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeAnnotation.FormalParameterTarget;
import java.lang.classfile.TypeAnnotation.TargetInfo;
import java.lang.classfile.TypeAnnotation.TargetType;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A type as its users see it: a line for itself and a line for each member. */
final class TypeText {
  /** Every object has them, and an enum the first two. */
  private static final Set<String> UNDERSTOOD =
      Set.of("values()", "valueOf(String)", "equals(Object)", "hashCode()", "toString()");

  private final ClassModel type;
  private final ClassSignature signature;
  private final List<RecordComponentInfo> components;

  TypeText(ClassModel type) {
    this.type = type;
    this.signature =
        type.findAttribute(Attributes.signature())
            .map(attribute -> attribute.asClassSignature())
            .orElseGet(() -> plainSignature(type));
    this.components =
        type.findAttribute(Attributes.record())
            .map(attribute -> attribute.components())
            .orElse(List.of());
  }

  /** Such as {@code final class Tensor implements Iterable<Float>}. */
  String line() {
    return Names.of(type).replace('$', '.')
        + "  "
        + modifiers()
        + kind()
        + TypeNames.parameters(signature.typeParameters())
        + (isRecord() ? components() : "")
        + supertypes()
        + (is(AccessFlag.ENUM) ? " " + constants() : "");
  }

  /** Fields, constructors and methods, each sorted by name. */
  List<String> members() {
    List<String> lines = new ArrayList<>();
    type.fields().stream()
        .filter(Access::visible)
        .filter(field -> !field.flags().has(AccessFlag.ENUM))
        .sorted(Comparator.comparing(field -> field.fieldName().stringValue()))
        .map(this::field)
        .forEach(lines::add);
    type.methods().stream()
        .filter(Access::visible)
        .filter(method -> !understood(method))
        .sorted(Comparator.comparing(this::sortKey))
        .map(this::method)
        .forEach(lines::add);
    return lines;
  }

  private String modifiers() {
    boolean isProtected =
        Access.nesting(type).filter(info -> info.has(AccessFlag.PROTECTED)).isPresent();
    boolean isSealed = type.findAttribute(Attributes.permittedSubclasses()).isPresent();
    return (isProtected ? "protected " : "")
        + (isSealed && !is(AccessFlag.ENUM) ? "sealed " : "")
        + (isClass() && is(AccessFlag.ABSTRACT) ? "abstract " : "")
        + (isClass() && is(AccessFlag.FINAL) ? "final " : "");
  }

  private String kind() {
    if (is(AccessFlag.ANNOTATION)) {
      return "@interface";
    }
    if (is(AccessFlag.INTERFACE)) {
      return "interface";
    }
    return is(AccessFlag.ENUM) ? "enum" : isRecord() ? "record" : "class";
  }

  private String components() {
    return components.stream()
        .map(component -> component(component) + " " + component.name().stringValue())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private String component(RecordComponentInfo component) {
    return nullable(component, target -> target.targetType() == TargetType.FIELD)
        + TypeNames.of(
            component
                .findAttribute(Attributes.signature())
                .map(attribute -> attribute.asTypeSignature())
                .orElseGet(() -> Signature.of(component.descriptorSymbol())));
  }

  private String supertypes() {
    String above = TypeNames.of(signature.superclassSignature());
    boolean plain = !isClass() || above.equals("Object");
    String interfaces = TypeNames.list(signature.superinterfaceSignatures());
    boolean silent = interfaces.isEmpty() || is(AccessFlag.ANNOTATION);
    return (plain ? "" : " extends " + above)
        + (silent ? "" : (is(AccessFlag.INTERFACE) ? " extends " : " implements ") + interfaces);
  }

  private String constants() {
    return type.fields().stream()
        .filter(field -> field.flags().has(AccessFlag.ENUM))
        .map(field -> field.fieldName().stringValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String field(FieldModel field) {
    Signature declared =
        field
            .findAttribute(Attributes.signature())
            .map(attribute -> attribute.asTypeSignature())
            .orElseGet(() -> Signature.of(field.fieldTypeSymbol()));
    return (field.flags().has(AccessFlag.PROTECTED) ? "protected " : "")
        + (field.flags().has(AccessFlag.STATIC) ? "static " : "")
        + (field.flags().has(AccessFlag.FINAL) ? "final " : "")
        + nullable(field, target -> target.targetType() == TargetType.FIELD)
        + TypeNames.of(declared)
        + " "
        + field.fieldName().stringValue();
  }

  private String method(MethodModel method) {
    MethodSignature declared = signature(method);
    String parameters = TypeNames.parameters(declared.typeParameters());
    return modifiers(method)
        + (parameters.isEmpty() ? "" : parameters + " ")
        + (isConstructor(method) ? "" : result(method, declared) + " ")
        + call(method)
        + thrown(method)
        + (method.findAttribute(Attributes.annotationDefault()).isPresent() ? " default" : "");
  }

  private String modifiers(MethodModel method) {
    boolean isInterface = is(AccessFlag.INTERFACE);
    boolean isAbstract = method.flags().has(AccessFlag.ABSTRACT);
    boolean isStatic = method.flags().has(AccessFlag.STATIC);
    boolean closed = is(AccessFlag.FINAL) || isStatic;
    return (method.flags().has(AccessFlag.PROTECTED) ? "protected " : "")
        + (isInterface && !isAbstract && !isStatic ? "default " : "")
        + (isAbstract && isClass() ? "abstract " : "")
        + (isStatic ? "static " : "")
        + (method.flags().has(AccessFlag.FINAL) && !closed ? "final " : "");
  }

  private String result(MethodModel method, MethodSignature declared) {
    return nullable(method, target -> target.targetType() == TargetType.METHOD_RETURN)
        + TypeNames.of(declared.result());
  }

  /** Name and parameters. */
  private String call(MethodModel method) {
    List<Signature> parameters = signature(method).arguments();
    boolean variable = method.flags().has(AccessFlag.VARARGS);
    return name(method)
        + IntStream.range(0, parameters.size())
            .mapToObj(i ->
                nullable(method, target -> isParameter(target, i))
                    + parameter(parameters.get(i), variable && i == parameters.size() - 1))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String parameter(Signature declared, boolean variable) {
    String name = TypeNames.of(declared);
    return variable ? name.substring(0, name.length() - 2) + "..." : name;
  }

  private String thrown(MethodModel method) {
    return method
        .findAttribute(Attributes.exceptions())
        .map(attribute -> attribute.exceptions().stream())
        .orElse(Stream.of())
        .map(thrown -> TypeNames.simple(thrown.asInternalName()))
        .collect(Collectors.collectingAndThen(Collectors.joining(", "), TypeText::throwing));
  }

  private static String throwing(String names) {
    return names.isEmpty() ? "" : " throws " + names;
  }

  /** What the first line says already: a record's own constructor and accessors. */
  private boolean understood(MethodModel method) {
    if (isConstructor(method)) {
      return isRecord() && parameters(method).equals(componentTypes());
    }
    return UNDERSTOOD.contains(call(method))
        || parameters(method).isEmpty()
            && components.stream().anyMatch(part -> part.name().equals(method.methodName()));
  }

  private static List<ClassDesc> parameters(MethodModel method) {
    return method.methodTypeSymbol().parameterList();
  }

  private List<ClassDesc> componentTypes() {
    return components.stream().map(RecordComponentInfo::descriptorSymbol).toList();
  }

  /** Constructors first. */
  private String sortKey(MethodModel method) {
    return (isConstructor(method) ? " " : "") + call(method);
  }

  private String name(MethodModel method) {
    String type = Names.of(this.type);
    return isConstructor(method)
        ? type.substring(type.lastIndexOf('.') + 1).replaceAll(".*[$]", "")
        : method.methodName().stringValue();
  }

  private static boolean isConstructor(MethodModel method) {
    return method.methodName().equalsString("<init>");
  }

  private static MethodSignature signature(MethodModel method) {
    return method
        .findAttribute(Attributes.signature())
        .map(attribute -> attribute.asMethodSignature())
        .orElseGet(() -> MethodSignature.of(method.methodTypeSymbol()));
  }

  private static ClassSignature plainSignature(ClassModel type) {
    return ClassSignature.of(
        type.superclass()
            .map(above -> Signature.ClassTypeSig.of(above.asSymbol()))
            .orElseGet(() -> Signature.ClassTypeSig.of("java/lang/Object")),
        type.interfaces().stream()
            .map(above -> Signature.ClassTypeSig.of(above.asSymbol()))
            .toArray(Signature.ClassTypeSig[]::new));
  }

  /** Of the type itself; what is within it, such as the elements of a list, is not told. */
  private static String nullable(AttributedElement element, Predicate<TargetInfo> target) {
    return element
            .findAttribute(Attributes.runtimeVisibleTypeAnnotations())
            .map(attribute -> attribute.annotations().stream())
            .orElse(Stream.of())
            .filter(mark -> mark.targetPath().isEmpty() && target.test(mark.targetInfo()))
            .map(TypeAnnotation::annotation)
            .anyMatch(mark -> mark.className().equalsString("Lorg/jspecify/annotations/Nullable;"))
        ? "@Nullable "
        : "";
  }

  private static boolean isParameter(TargetInfo target, int index) {
    return target instanceof FormalParameterTarget parameter
        && parameter.formalParameterIndex() == index;
  }

  /** Not an interface, an enum or a record, which all imply other modifiers. */
  private boolean isClass() {
    return !is(AccessFlag.INTERFACE) && !is(AccessFlag.ENUM) && !isRecord();
  }

  private boolean isRecord() {
    return type.findAttribute(Attributes.record()).isPresent();
  }

  private boolean is(AccessFlag flag) {
    return type.flags().has(flag);
  }
}
