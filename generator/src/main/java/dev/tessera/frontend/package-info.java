/**
 * ONNX files to float graphs and back, and ONNX Runtime as the float reference: the only room that
 * knows the format.
 *
 * <p>Nothing in a file is ever ignored: an operator, attribute, type or shape that cannot be
 * honoured is refused with a stable code ({@code onnx.operator}, {@code onnx.attribute}, ...), its
 * place and the reason.
 */
package dev.tessera.frontend;
