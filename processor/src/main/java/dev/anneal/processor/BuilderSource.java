package dev.anneal.processor;

import dev.anneal.processor.Declaration.Parameter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The source of the builder of a plugin. It imports nothing, so that no name in it can mean
 * something else.
 *
 * @param plugin whose builder it is
 */
record BuilderSource(Declaration plugin) {
  /** What follows the name of the record. */
  static final String SUFFIX = "Builder";

  private static final String CONSTANT = "dev.anneal.api.schedule.Constant";

  String text() {
    return """
    %s/**
     * Makes the plugin {@link %s}, parameter by parameter. What is not set has its default.
     *
     * <p>{@code %s}: %s.
     */
    public final class %s extends dev.anneal.api.plugin.PluginBuilder<%s> {
    %s%s%s}
    """
        .formatted(
            plugin.packageName().isEmpty() ? "" : "package " + plugin.packageName() + ";\n\n",
            plugin.type(),
            plugin.name(),
            Comments.escape(plugin.summary()),
            name(),
            plugin.type(),
            constructors(),
            from(),
            each(plugin.parameters(), "", this::setters));
  }

  private String name() {
    return plugin.type() + SUFFIX;
  }

  private String constructors() {
    List<Parameter> required = plugin.required();
    String begin =
        constructor(
            each(required, ", ", each -> each.type() + " " + each.name()),
            "super(%s.class);".formatted(plugin.type())
                + each(required, "", each -> "\n    set(\"%1$s\", %1$s);".formatted(each.name())));
    return required.stream().noneMatch(Parameter::isSchedule)
        ? begin
        : begin
            + constructor(
                each(required, ", ", each -> numeric(each) + " " + each.name()),
                "this(%s);".formatted(each(required, ", ", BuilderSource::constant)));
  }

  private String constructor(String parameters, String body) {
    return """
      /**
       * Begins with the defaults.
    %s   */
      public %s(%s) {
        %s
      }

    """
        .formatted(
            plugin.required().isEmpty()
                ? ""
                : "   *\n"
                    + each(
                        plugin.required(),
                        "",
                        each ->
                            "   * @param %s %s\n".formatted(each.name(), Comments.phrase(each))),
            name(),
            parameters,
            body);
  }

  private static String numeric(Parameter parameter) {
    return parameter.isSchedule() ? "double" : parameter.type();
  }

  private static String constant(Parameter parameter) {
    return parameter.isSchedule()
        ? "new %s(%s)".formatted(CONSTANT, parameter.name())
        : parameter.name();
  }

  private String from() {
    return """
      /**
       * Begins with the parameters of another.
       *
       * @param other a plugin
       * @return a builder that would make its equal
       */
      public static %s from(%s other) {
        return new %s(%s)%s;
      }

    """
        .formatted(
            name(),
            plugin.type(),
            name(),
            each(plugin.required(), ", ", each -> "other.%s()".formatted(each.name())),
            each(
                plugin.parameters().stream().filter(each -> !each.isRequired()).toList(),
                "",
                each -> "\n        .%1$s(other.%1$s())".formatted(each.name())));
  }

  private String setters(Parameter parameter) {
    String any = setter(parameter, parameter.type(), "set(\"%s\", value)", "the value");
    return parameter.isSchedule()
        ? any
            + setter(parameter, "double", "set(\"%s\", new " + CONSTANT + "(value))", "a constant")
        : any;
  }

  private String setter(Parameter parameter, String type, String set, String value) {
    return """
      /**
       * %s.
       *
       * @param value %s
       * @return this
       */
      public %s %s(%s value) {
        %s;
        return this;
      }

    """
        .formatted(
            Comments.sentence(parameter),
            value,
            name(),
            parameter.name(),
            type,
            set.formatted(parameter.name()));
  }

  private static String each(
      List<Parameter> parameters, String between, Function<Parameter, String> text) {
    return parameters.stream().map(text).collect(Collectors.joining(between));
  }
}
