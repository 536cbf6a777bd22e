package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** The JSON at the beginning of a file, as it is read. Its errors do not name the file. */
final class SafetensorsHeader {
  /** The name under which the texts stand, where arrays have theirs. */
  static final String METADATA = "__metadata__";

  /** The text that is the file's own checksum. */
  static final String CHECKSUM = "crc32";

  /** The format allows no more bytes, so that no one can be made to parse for hours. */
  static final int LONGEST = 100_000_000;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNameLength(LONGEST).build())
          .build();

  /** The texts, without the checksum. */
  final SequencedMap<String, String> metadata = new LinkedHashMap<>();

  /** The arrays, in the order of their names in the header. */
  final List<HeaderEntry> entries = new ArrayList<>();

  /** The checksum in hexadecimal digits, where there is one. */
  @Nullable String checksum;

  /** The byte of the header where these digits begin. */
  int digitsAt;

  private final String text;
  private final JsonParser json;

  private SafetensorsHeader(String text, JsonParser json) {
    this.text = text;
    this.json = json;
  }

  /**
   * Reads a header.
   *
   * @throws InputException if it breaks a rule of the format
   */
  static SafetensorsHeader parse(String text) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      SafetensorsHeader header = new SafetensorsHeader(text, json);
      header.parse();
      return header;
    }
  }

  private void parse() {
    try {
      readHeader();
    } catch (JacksonException e) {
      String reason = e.getOriginalMessage().replaceFirst(" \\(start marker.*", "");
      throw new InputException(
          "the header is no valid JSON at its character %d: %s"
              .formatted(json.currentLocation().getCharOffset(), Messages.brief(reason)),
          e);
    }
  }

  private void readHeader() {
    json.nextToken(); // the brace
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        entries.add(entry(name));
      }
    }
    expect(json.nextToken() == null, "the header goes on after its JSON object");
  }

  private void readMetadata() {
    expect(json.hasToken(JsonToken.START_OBJECT), METADATA + " is no JSON object");
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      expect(
          json.nextToken() == JsonToken.VALUE_STRING,
          "%s has %s, which is no text".formatted(METADATA, quote(key)));
      if (key.equals(CHECKSUM)) {
        readChecksum(json.getString());
      } else {
        metadata.put(key, json.getString());
      }
    }
  }

  private void readChecksum(String digits) {
    int at = 1 + Math.toIntExact(json.currentTokenLocation().getCharOffset());
    expect(
        digits.matches("[0-9a-f]{8}") && text.startsWith(digits, at),
        "crc32 is not written as 8 hexadecimal digits");
    checksum = digits;
    digitsAt = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
  }

  private HeaderEntry entry(String name) {
    String array = "the array " + quote(name);
    expect(json.hasToken(JsonToken.START_OBJECT), array + " is not described by a JSON object");
    Dtype type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      json.nextToken();
      switch (key) {
        case "dtype" -> type = type(array);
        case "shape" -> shape = numbers(array + " has a shape");
        case "data_offsets" -> offsets = numbers(array + " has data_offsets");
        default -> throw new InputException(array + " has an unknown property " + quote(key));
      }
    }
    if (type == null || shape == null || offsets == null) {
      throw new InputException(array + " lacks dtype, shape or data_offsets");
    }
    expect(offsets.size() == 2, array + " has data_offsets that are not a begin and an end");
    return new HeaderEntry(name, type, shape, offsets.getFirst(), offsets.getLast());
  }

  private Dtype type(String array) {
    String name = json.getString();
    return Arrays.stream(Dtype.values())
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InputException(
                "%s has numbers of type %s; convert it to one of those that are read: %s"
                    .formatted(array, quote(name), Arrays.toString(Dtype.values()))));
  }

  private List<Long> numbers(String what) {
    String wrong = what + " that is no list of whole numbers";
    expect(json.hasToken(JsonToken.START_ARRAY), wrong);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.hasToken(JsonToken.VALUE_NUMBER_INT) && json.getLongValue() >= 0, wrong);
      numbers.add(json.getLongValue());
    }
    return List.copyOf(numbers);
  }

  /**
   * The arrays in the order of their bytes.
   *
   * @param length how many bytes follow the header
   * @throws InputException if the arrays do not lie one behind the other in just these bytes
   */
  List<HeaderEntry> inFileOrder(long length) {
    List<HeaderEntry> ordered =
        entries.stream()
            .sorted(
                Comparator.comparingLong(HeaderEntry::begin).thenComparingLong(HeaderEntry::end))
            .toList();
    long at = 0;
    for (HeaderEntry entry : ordered) {
      expect(
          entry.begin() == at,
          "the array %s begins at byte %d of the data, but what is before it ends at %d"
              .formatted(quote(entry.name()), entry.begin(), at));
      at = entry.end();
    }
    expect(
        at == length,
        "the arrays have %d bytes, but %d follow the header; the file is damaged or incomplete"
            .formatted(at, length));
    return ordered;
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new InputException(otherwise);
    }
  }

  /** A name, fit for a message. */
  static String quote(String name) {
    return "\"" + Messages.brief(name) + "\"";
  }
}
