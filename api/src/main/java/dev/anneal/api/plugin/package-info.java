/**
 * How a record is declared a plugin. {@link dev.anneal.api.plugin.Plugin} and {@link
 * dev.anneal.api.plugin.Param} are its documentation, its notation and its checks at once; {@link
 * dev.anneal.api.plugin.PluginType} reads them, and a {@link dev.anneal.api.plugin.PluginProvider}
 * hands the records of a jar over. Nothing here knows what kinds of plugins there are: {@link
 * dev.anneal.api.plugin.PluginKind} marks them, and new ones need no change.
 */
package dev.anneal.api.plugin;
