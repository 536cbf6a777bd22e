package dev.anneal.api.catalogue;

import dev.anneal.api.InputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a text with settings for several subjects, separated by semicolons, such as {@code
 * adam(0.001); "dense_1.*": frozen until 3ep; dense_2: lr=0.01, beta_1=0.8 trained=SCHEDULE}. The
 * caller knows what the words mean.
 *
 * <pre>
 * text     = clause { ";" clause }
 * clause   = [ subject ":" ] [ body ] { word [ "=" ] spec }
 * subject  = letters, digits and _ - + . % * ?   |   "text in quotes, with \" and \\"
 * body     = spec   |   name "=" spec { "," name "=" spec }
 * </pre>
 *
 * @param subject what it is about, if it says
 * @param body a specification, or changes to one, as written; empty where there is none
 * @param isChange whether the body is changes, which {@link Catalogue#change} reads
 * @param words the specifications that follow the words known to the reader, by word
 */
public record Clause(
    Optional<String> subject, String body, boolean isChange, Map<String, String> words) {
  /** Copies the map. */
  public Clause {
    words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
  }

  /**
   * Splits a text.
   *
   * @param text the text
   * @param words what may follow a body
   * @return its clauses, at least one
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public static List<Clause> read(String text, Set<String> words) {
    return SpecParser.clauses(text, words);
  }

  /**
   * Writes a subject so that it reads back.
   *
   * @param subject any
   * @return the subject, in quotes where it needs them
   */
  public static String quote(String subject) {
    return SpecPrinter.print(subject);
  }
}
