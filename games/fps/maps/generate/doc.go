// Package generate makes maps from seeds: five families, each drawn on a
// lattice of cells of 64 units that is then turned into vertices, lines and
// sectors.
//
//	m, err := generate.Map("caves", 7) // the same on every platform
//	fmt.Println(generate.Families())   // rooms caves teams storeys outdoor
//
// Every map is connected both ways, holds starts, weapons and items for a
// match, and passes the checks of maps that are read from files.
package generate
