/**
 * What the built-in schedules are called elsewhere: a translator like that of any plugin. Begin
 * with {@link dev.anneal.interop.schedules.BuiltInTranslator}. Classes named after a framework find
 * its own object for a schedule, the {@code Formulas} write the formula as Python where there is
 * none, and the {@code Saved} ones read a saved state back. A schedule whose formula changes is
 * changed here as well; tests hold both against each other.
 */
package dev.anneal.interop.schedules;
