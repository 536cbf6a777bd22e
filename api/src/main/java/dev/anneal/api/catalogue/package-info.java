/**
 * Plugins by name, and the notation in which they are written. {@link
 * dev.anneal.api.catalogue.Catalogue} is where to begin: it finds plugins, reads specifications and
 * prints them. Within, {@code SpecParser} knows the notation and no plugin, {@code Binder} fits
 * what was read to the components of a record, and {@code SpecPrinter} is the way back. What a
 * single plugin means or computes does not belong here.
 */
package dev.anneal.api.catalogue;
