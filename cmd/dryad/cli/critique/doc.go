// Package critique is the command dryad critique: a vision model rates a recorded
// match.
package critique
