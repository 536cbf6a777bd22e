package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.Safetensors.Checksum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the format, and what is said of a file that breaks one. */
class SafetensorsRulesTest {
  private static void assertRefused(String message, byte[] file) {
    assertEquals(
        "file: " + message,
        assertThrows(InputException.class, () -> TestFiles.read(file, Checksum.IF_PRESENT))
            .getMessage());
  }

  /** The header, how many bytes follow it, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                                                    | 0 | the header is no valid JSON at its character 1: Unexpected end-of-input: expected close marker for Object
          {"a"                                                                 | 0 | the header is no valid JSON at its character 4: Unexpected end-of-input within/between Object entries
          {}{}                                                                 | 0 | the header goes on after its JSON object
          {} x                                                                 | 0 | the header is no valid JSON at its character 4: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or...
          {/* a */}                                                            | 0 | the header is no valid JSON at its character 2: Unexpected character ('/' (code 47)): maybe a (non-standard) comment? (not recognized as one since F...
          {"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}} | 0 | the header is no valid JSON at its character 56: Duplicate Object property "a"
          {"a":{"dtype":"U8","shape":[1],"shape":[0],"data_offsets":[0,0]}}    | 0 | the header is no valid JSON at its character 38: Duplicate Object property "shape"
          {"__metadata__":{"k":"1","k":"2"}}                                   | 0 | the header is no valid JSON at its character 28: Duplicate Object property "k"
          {"__metadata__":{},"__metadata__":{}}                                | 0 | the header is no valid JSON at its character 33: Duplicate Object property "__metadata__"
          {"__metadata__":["k"]}                                               | 0 | __metadata__ is no JSON object
          {"__metadata__":{"k":1}}                                             | 0 | __metadata__ has "k", which is no text
          {"__metadata__":{"k":null}}                                          | 0 | __metadata__ has "k", which is no text
          {"__metadata__":{"crc32":"abc"}}                                     | 0 | crc32 is not written as 8 hexadecimal digits
          {"a":[1]}                                                            | 0 | the array "a" is not described by a JSON object
          {"a":{"dtype":"U8","shape":[0]}}                                     | 0 | the array "a" lacks dtype, shape or data_offsets
          {"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"b":0}}          | 0 | the array "a" has an unknown property "b"
          {"a":{"dtype":"I16","shape":[1],"data_offsets":[0,2]}}               | 2 | the array "a" has numbers of type "I16"; convert it to one of those that are read: [F64, F32, F16, BF16, I64, I32, U8]
          {"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}               | 4 | the array "a" has numbers of type "f32"; convert it to one of those that are read: [F64, F32, F16, BF16, I64, I32, U8]
          {"a":{"dtype":8,"shape":[1],"data_offsets":[0,1]}}                   | 1 | the array "a" has numbers of type "8"; convert it to one of those that are read: [F64, F32, F16, BF16, I64, I32, U8]
          {"a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}}                  | 1 | the array "a" has a shape that is no list of whole numbers
          {"a":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}              | 1 | the array "a" has a shape that is no list of whole numbers
          {"a":{"dtype":"U8","shape":["1"],"data_offsets":[0,1]}}              | 1 | the array "a" has a shape that is no list of whole numbers
          {"a":{"dtype":"U8","shape":[-1,-1],"data_offsets":[0,1]}}            | 1 | the array "a" has a shape that is no list of whole numbers
          {"a":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,1]}} | 1 | the header is no valid JSON at its character 47: Numeric value (9223372036854775808) out of range of `long` (-9223372036854775808 - 92233720368547758...
          {"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | 0 | the array "a" of type U8 and shape [4294967296, 4294967296] does not fill the bytes 0 to 0
          {"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}} | 0 | the array "a" of type F64 and shape [2305843009213693952] does not fill the bytes 0 to 0
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}               | 4 | the array "a" of type F32 and shape [2] does not fill the bytes 0 to 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,5]}}               | 5 | the array "a" of type F32 and shape [1] does not fill the bytes 0 to 5
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[1]}}                  | 1 | the array "a" has data_offsets that are not a begin and an end
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}                | 1 | the array "a" of type U8 and shape [1] does not fill the bytes 1 to 0
          {"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[1,0]}} | 0 | the array "a" of type U8 and shape [4294967296, 4294967296] does not fill the bytes 1 to 0
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}                | 2 | the array "a" begins at byte 1 of the data, but what is before it ends at 0
          {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | the array "b" begins at byte 1 of the data, but what is before it ends at 2
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}} | 3 | the array "b" begins at byte 2 of the data, but what is before it ends at 1
          {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[0],"data_offsets":[1,1]}} | 2 | the array "b" begins at byte 1 of the data, but what is before it ends at 2
          {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}} | 2 | the array "b" begins at byte 0 of the data, but what is before it ends at 2
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}                | 0 | the arrays have 1 bytes, but 0 follow the header; the file is damaged or incomplete
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}                | 2 | the arrays have 1 bytes, but 2 follow the header; the file is damaged or incomplete
          {"a":{"dtype":"U8","shape":[3000000000],"data_offsets":[0,3000000000]}} | 0 | the array "a" has 3000000000 numbers; one that is read has at most 2147483639: cut it in pieces
          {"a\\nb":{}}                                                         | 0 | the array "a b" lacks dtype, shape or data_offsets
          """)
  void eachRuleHasItsMessage(String header, int bytes, String message) {
    assertRefused(message, TestFiles.foreign(header, new int[bytes]));
  }

  @Test
  void theLengthOfTheHeaderIsCheckedFirst() {
    assertRefused("7 bytes are no safetensors file", new byte[7]);
    assertRefused("the header, at byte 8, does not begin with {", new byte[8]);
    assertRefused(
        "its first 8 bytes announce a header of 3 bytes, but only 2 follow; it is incomplete",
        new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    assertRefused(
        "its first 8 bytes announce a header of 100000001 bytes, more than the 100000000 that the"
            + " format allows",
        new byte[] {1, (byte) 0xe1, (byte) 0xf5, 5, 0, 0, 0, 0, '{', '}'});
    assertRefused(
        "its first 8 bytes announce a header of 18446744073709551615 bytes, more than the 100000000"
            + " that the format allows",
        new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'});
  }

  @Test
  void theHeaderBeginsWithABrace() {
    String message = "the header, at byte 8, does not begin with {";
    assertRefused(message, TestFiles.foreign(" {}"));
    assertRefused(message, TestFiles.foreign("\ufeff{}"));
    assertRefused(message, TestFiles.foreign("[]"));
  }

  @Test
  void theHeaderIsUtf8() {
    byte[] file = TestFiles.foreign("{\"__metadata__\":{\"ü\":\"\"}}");
    file[file.length - 7] = 'x'; // half of a letter is gone
    assertRefused("the header is not UTF-8", file);
    assertRefused(
        "the header is no valid JSON at its character 2: Illegal character ((CTRL-CHAR, code 0)):"
            + " only regular white space (\\r, \\n, \\t) is allowed between to...",
        TestFiles.foreign("{\0}\0")); // UTF-16, which JSON parsers guess
  }

  /** The parser does not say where it met one that it does not even read. */
  @Test
  void numbersHaveAnEnd() {
    assertRefused(
        "the header is no valid JSON at its character 2028: Number value length (2000) exceeds the"
            + " maximum allowed (1000, from `StreamReadConstraints.getMaxNumb...",
        TestFiles.foreign(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":["
                + "1".repeat(2000)
                + "],\"data_offsets\":[0,1]}}"));
  }

  @Test
  void namesAndTextsAreUnicode() {
    assertRefused(
        "\"a\ud800\" has half of a surrogate pair, which no file can keep",
        TestFiles.foreign("{\"__metadata__\":{\"k\":\"a\\ud800\"}}"));
  }

  /** JSON may write a digit in two ways, but then it would not be known which bytes they are. */
  @Test
  void theChecksumIsWrittenWithoutEscapes() {
    String digits = "0".repeat(7);
    assertRefused(
        "crc32 is not written as 8 hexadecimal digits",
        TestFiles.foreign("{\"__metadata__\":{\"crc32\":\"\\u0030" + digits + "\"}}"));
    assertRefused(
        "crc32 is not written as 8 hexadecimal digits",
        TestFiles.foreign("{\"__metadata__\":{\"crc32\":\"A" + digits + "\"}}"));
  }
}
