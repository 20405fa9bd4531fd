/** The command line: options, progress, error printing and exit codes; the only user of them. */
package dev.tessera.cli;
