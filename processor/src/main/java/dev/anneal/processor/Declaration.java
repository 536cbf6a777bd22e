package dev.anneal.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;

/**
 * A plugin as its source declares it. Annotations are known by their names alone: what they belong
 * to is compiled with the help of this module, so cannot be compiled before it.
 *
 * @param packageName of the record
 * @param type the record's name
 * @param name in specifications
 * @param summary a phrase without a full stop
 * @param parameters its components, in order
 */
record Declaration(
    String packageName, String type, String name, String summary, List<Parameter> parameters) {
  static final String PLUGIN = "dev.anneal.api.plugin.Plugin";
  private static final String PARAM = "dev.anneal.api.plugin.Param";

  /**
   * A component.
   *
   * @param name of the component
   * @param type as source, in full
   * @param meaning a phrase without a full stop
   * @param range an interval
   * @param choices the words allowed of an enum; empty for all
   * @param byDefault as specifications write it; empty where there is none
   */
  record Parameter(
      String name,
      String type,
      String meaning,
      String range,
      List<String> choices,
      String byDefault) {
    boolean isRequired() {
      return byDefault.isEmpty();
    }

    boolean isSchedule() {
      return type.equals("dev.anneal.api.schedule.Schedule");
    }
  }

  /** Reads a record. */
  static Declaration of(TypeElement type, Elements elements) {
    Members plugin = Members.of(type, PLUGIN, elements).orElseThrow();
    List<Parameter> parameters = new ArrayList<>();
    for (RecordComponentElement component : type.getRecordComponents()) {
      parameters.add(parameter(component, elements));
    }
    return new Declaration(
        elements.getPackageOf(type).getQualifiedName().toString(),
        type.getSimpleName().toString(),
        plugin.text("name"),
        plugin.text("summary"),
        List.copyOf(parameters));
  }

  List<Parameter> required() {
    return parameters.stream().filter(Parameter::isRequired).toList();
  }

  private static Parameter parameter(RecordComponentElement component, Elements elements) {
    String name = component.getSimpleName().toString();
    String type = component.asType().toString();
    Optional<Members> param = Members.of(component, PARAM, elements);
    if (param.isPresent()) {
      Members of = param.get();
      return new Parameter(
          name,
          type,
          of.text("value"),
          of.text("range"),
          of.texts("choices"),
          of.text("byDefault"));
    }
    if (name.equals("per") && isEnum(component.asType())) {
      return new Parameter(name, type, "how often it is read", "", List.of(), "");
    }
    throw new DeclarationException("component " + name + " has no @Param annotation", component);
  }

  private static boolean isEnum(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement().getKind() == ElementKind.ENUM;
  }

  /**
   * What an annotation says.
   *
   * @param values by the name of the member, defaults among them
   */
  private record Members(Map<String, Object> values) {
    static Optional<Members> of(Element element, String annotation, Elements elements) {
      return element.getAnnotationMirrors().stream()
          .filter(each -> isNamed(each, annotation))
          .findFirst()
          .map(each -> read(each, elements));
    }

    private static boolean isNamed(AnnotationMirror mirror, String annotation) {
      return mirror.getAnnotationType().asElement() instanceof TypeElement type
          && type.getQualifiedName().contentEquals(annotation);
    }

    private static Members read(AnnotationMirror mirror, Elements elements) {
      Map<String, Object> values = new HashMap<>();
      elements
          .getElementValuesWithDefaults(mirror)
          .forEach(
              (member, value) -> values.put(member.getSimpleName().toString(), value.getValue()));
      return new Members(values);
    }

    String text(String member) {
      return String.valueOf(values.get(member));
    }

    List<String> texts(String member) {
      return values.get(member) instanceof List<?> list
          ? list.stream().map(each -> ((AnnotationValue) each).getValue().toString()).toList()
          : List.of();
    }
  }
}
