package dev.anneal.data.prepare;

import dev.anneal.api.InputException;
import dev.anneal.data.table.Column.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pipelines as JSON. Numbers have the digits that read back as the same bits. */
final class PipelineText {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String NAME = "name";
  private static final String TARGET = "target";
  private static final String CLASSES = "classes";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";
  private static final String MISSING = "missing";
  private static final String COLUMNS = "columns";
  private static final String MARKS = "marks";
  private static final String WRITTEN = "written";
  private static final String INPUTS = "inputs";
  private static final String FILL = "fill";
  private static final String SHIFT = "shift";
  private static final String FACTOR = "factor";
  private static final String CATEGORIES = "categories";
  private static final String HASHED = "hashed";

  private PipelineText() {}

  static String print(Pipeline pipeline) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode target = json.putObject(TARGET).put(NAME, pipeline.target().name());
    switch (pipeline.target()) {
      case Target.Classes(_, List<String> names) -> names.forEach(target.putArray(CLASSES)::add);
      case Target.Quantity(_, double mean, double deviation) ->
          target.put(MEAN, mean).put(DEVIATION, deviation);
    }
    json.put(MISSING, pipeline.imputation().toString());
    pipeline.columns().forEach(json.putArray(COLUMNS)::add);
    Marks marks = pipeline.marks();
    json.put(MARKS, "" + marks.separator() + marks.decimal() + marks.thousands());
    ArrayNode inputs = json.putArray(INPUTS);
    pipeline.encoders().forEach(encoder -> print(encoder, inputs.addObject()));
    return json.toString();
  }

  private static void print(Encoder encoder, ObjectNode json) {
    json.put(NAME, encoder.name());
    switch (encoder) {
      case Encoder.Quantity(
              _,
              Written written,
              OptionalDouble fill,
              double shift,
              double factor) -> {
        json.put(WRITTEN, written.name().toLowerCase(Locale.ROOT));
        fill.ifPresent(value -> json.put(FILL, value));
        json.put(SHIFT, shift).put(FACTOR, factor);
      }
      case Encoder.Category(_, List<String> categories, boolean missing) -> {
        categories.forEach(json.putArray(CATEGORIES)::add);
        json.put(MISSING, missing);
      }
      case Encoder.Hash(_, int size) -> json.put(HASHED, size);
    }
  }

  static Pipeline parse(String source, String text) {
    try {
      JsonNode json = JSON.readTree(text);
      List<Encoder> encoders = new ArrayList<>();
      json.required(INPUTS).forEach(each -> encoders.add(encoder(each)));
      String missing = json.required(MISSING).stringValue();
      return new Pipeline(
          encoders,
          target(json.required(TARGET)),
          Arrays.stream(Imputation.values())
              .filter(each -> each.toString().equals(missing))
              .findFirst()
              .orElseThrow(() -> new InputException("missing: " + missing)),
          texts(json.required(COLUMNS)),
          marks(json.required(MARKS).stringValue()));
    } catch (JacksonException | InputException e) {
      throw new InputException(source + ": it holds no preparation of tables", e);
    }
  }

  private static Marks marks(String text) {
    if (text.length() != 3) {
      throw new InputException("marks: " + text);
    }
    return new Marks(text.charAt(0), text.charAt(1), text.charAt(2));
  }

  private static Target target(JsonNode json) {
    String name = json.required(NAME).stringValue();
    return json.has(CLASSES)
        ? new Target.Classes(name, texts(json.required(CLASSES)))
        : new Target.Quantity(
            name, json.required(MEAN).doubleValue(), json.required(DEVIATION).doubleValue());
  }

  private static Encoder encoder(JsonNode json) {
    String name = json.required(NAME).stringValue();
    if (json.has(CATEGORIES)) {
      return new Encoder.Category(
          name, texts(json.required(CATEGORIES)), json.required(MISSING).booleanValue());
    }
    if (json.has(HASHED)) {
      return new Encoder.Hash(name, json.required(HASHED).intValue());
    }
    return new Encoder.Quantity(
        name,
        written(json.required(WRITTEN).stringValue()),
        json.has(FILL)
            ? OptionalDouble.of(json.required(FILL).doubleValue())
            : OptionalDouble.empty(),
        json.required(SHIFT).doubleValue(),
        json.required(FACTOR).doubleValue());
  }

  private static Written written(String text) {
    return Arrays.stream(Written.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new InputException("written: " + text));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::stringValue).toList();
  }
}
