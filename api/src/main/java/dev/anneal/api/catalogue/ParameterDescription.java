package dev.anneal.api.catalogue;

/**
 * A parameter of a plugin, for listings.
 *
 * @param name its name in specifications
 * @param alias a second name; empty where there is none
 * @param type what it takes: {@code number}, {@code length of training}, {@code schedule}, {@code
 *     closed or recursive}
 * @param byDefault its value where none is written; empty where one must be
 * @param range the numbers allowed, such as {@code [0, 1)}
 * @param meaning what it means
 */
public record ParameterDescription(
    String name, String alias, String type, String byDefault, String range, String meaning) {}
