/** The trainer's commands. */
package dev.tessera.trainer.cli;
