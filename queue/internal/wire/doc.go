// Package wire reads what hubs and workers say to each other. Both sides take
// what the other one says for hostile: whatever goes beyond the bounds here is
// refused, cut or clamped.
package wire
