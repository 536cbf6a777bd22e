package dev.anneal.experiments;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Clause;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * A YAML text of options: {@code epochs: 20} is {@code --epochs 20}. It is the form that
 * experiments are written in.
 *
 * @param source what messages call it; empty for options of a command line
 * @param values the texts of each option; several only where a list is written
 */
public record SpecYaml(String source, SequencedMap<String, List<String>> values) {
  /** The version of the form. */
  public static final String VERSION = "1";

  /** The key of its version. */
  static final String VERSION_KEY = "version";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  /** An optimizer as a map. */
  private static final String OPTIMIZER = "optimizer";

  private static final String BASE = "base";
  private static final String GROUPS = "groups";

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its options
   * @throws InputException if it cannot be read or is no YAML of options
   */
  public static SpecYaml read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new InputException("cannot read --spec %s: there is no such file".formatted(file), e);
    } catch (MalformedInputException e) {
      throw new InputException(file + ": it is not in UTF-8", e);
    } catch (IOException e) {
      throw new InputException("cannot read --spec %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads a text.
   *
   * @param source what messages call it
   * @param text YAML
   * @return its options
   * @throws InputException if it is no YAML of options, or of another version
   */
  public static SpecYaml parse(String source, String text) {
    SpecYaml read = new SpecYaml(source, new LinkedHashMap<>());
    JsonNode content = read.tree(text);
    if (!content.isObject()) {
      throw read.error("it holds no options; write one a line, such as \"epochs: 20\"");
    }
    content.properties().forEach(each -> read.add(each.getKey(), each.getValue()));
    List<String> version = read.values.remove(VERSION_KEY);
    if (version != null && !version.equals(List.of(VERSION))) {
      throw read.error(
          "it has version %s of the form, but this program reads %s"
              .formatted(String.join(", ", version), VERSION));
    }
    return read;
  }

  private JsonNode tree(String text) {
    try (JsonParser parser = YAML.createParser(new WholeCharacters(text))) {
      return parser.nextToken() == null ? MissingNode.getInstance() : tree(parser);
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new InputException(
          "%s: %s%s"
              .formatted(
                  source,
                  String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("no YAML"),
                  at == null ? "" : " (line %d)".formatted(at.getLineNr())),
          e);
    } catch (RuntimeException | StackOverflowError e) { // the library has no error for some texts
      throw new InputException(source + ": no YAML: " + e, e);
    }
  }

  /** The library reads beyond its buffer where a read ends between the two halves of a letter. */
  private static final class WholeCharacters extends StringReader {
    WholeCharacters(String text) {
      super(text);
    }

    @Override
    public int read(char[] to, int at, int most) throws IOException {
      int count = super.read(to, at, most);
      if (count > 1 && Character.isHighSurrogate(to[at + count - 1])) {
        skip(-1);
        return count - 1;
      }
      return count;
    }
  }

  /** Numbers are texts too, as they are written: 1e9 is no other than 1e9. */
  private static JsonNode tree(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      ObjectNode map = YAML.createObjectNode();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        map.set(key, tree(parser));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      ArrayNode list = YAML.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(tree(parser));
      }
      return list;
    }
    return token == JsonToken.VALUE_NULL
        ? NullNode.getInstance()
        : StringNode.valueOf(parser.getString());
  }

  private void add(String key, JsonNode value) {
    String name = key.replace('_', '-');
    List<String> texts =
        value.isArray()
            ? value.valueStream().map(each -> scalar(key, each)).toList()
            : List.of(
                value.isObject() && name.equals(OPTIMIZER)
                    ? optimizer(key, value)
                    : scalar(key, value));
    if (values.put(name, texts) != null) {
      throw error("\"%s\" is given twice".formatted(key));
    }
  }

  private String scalar(String key, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw error("\"%s\" takes a number or a text".formatted(key));
    }
    return value.asString();
  }

  /** The text of an optimizer that is written as a map of its base and its groups. */
  private String optimizer(String key, JsonNode value) {
    List<String> clauses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String within = key + "." + entry.getKey();
      switch (entry.getKey()) {
        case BASE -> clauses.addFirst(scalar(within, entry.getValue()));
        case GROUPS -> {
          if (!entry.getValue().isObject()) {
            throw error("\"%s\" takes lines such as \"dense_1: frozen\"".formatted(within));
          }
          entry
              .getValue()
              .properties()
              .forEach(group ->
                  clauses.add(
                      Clause.quote(group.getKey())
                          + ": "
                          + scalar(within + "." + group.getKey(), group.getValue())));
        }
        default ->
            throw error(
                "\"%s\" has no \"%s\"%s; it has %s and %s"
                    .formatted(
                        key,
                        entry.getKey(),
                        Messages.didYouMean(entry.getKey(), List.of(BASE, GROUPS)),
                        BASE,
                        GROUPS));
      }
    }
    return String.join("; ", clauses);
  }

  /**
   * Makes sure that every option is one of those known.
   *
   * @param known their names
   * @param owner what has these options, such as {@code train}
   * @throws InputException that names one that is not
   */
  public void checkKnown(Collection<String> known, String owner) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw error(
            "\"%s\" is no option of %s%s; there are %s"
                .formatted(key, owner, Messages.didYouMean(key, known), Messages.list(known)));
      }
    }
  }

  /**
   * An error of this text.
   *
   * @param message what is wrong
   * @return says where, too
   */
  public InputException error(String message) {
    return new InputException(source + ": " + message);
  }

  /** An error of one of its options, in the words of who wrote it. */
  InputException error(String key, String message) {
    return source.isEmpty()
        ? new InputException("--%s %s".formatted(key, message))
        : error("\"%s\" %s".formatted(key, message));
  }

  /** An error of an option that is given something else than it takes. */
  InputException wrong(String key, String kind, String text) {
    return error(key, "is %s, not \"%s\"".formatted(kind, Messages.brief(text)));
  }

  /**
   * Writes options, their version first.
   *
   * @param options numbers, truth values, texts and lists of these, by name
   * @return YAML, which reads back
   */
  public static String print(SequencedMap<String, Object> options) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(VERSION_KEY, Integer.valueOf(VERSION));
    all.putAll(options);
    return YAML.writeValueAsString(all);
  }
}
