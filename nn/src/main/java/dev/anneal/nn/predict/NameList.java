package dev.anneal.nn.predict;

import dev.anneal.api.InputException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A list of names as a JSON array. */
final class NameList {
  private static final JsonFactory JSON = new JsonFactory();

  private NameList() {}

  static String print(List<String> names) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      names.forEach(json::writeString);
      json.writeEndArray();
    }
    return text.toString();
  }

  static List<String> parse(Path file, String text) {
    List<String> names = new ArrayList<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() == JsonToken.START_ARRAY) {
        JsonToken token = json.nextToken();
        while (token == JsonToken.VALUE_STRING) {
          names.add(json.getString());
          token = json.nextToken();
        }
        if (token == JsonToken.END_ARRAY && json.nextToken() == null) {
          return names;
        }
      }
    } catch (JacksonException _) {
      // Reported below.
    }
    throw new InputException(file + ": the names of the classes are no list of texts");
  }
}
