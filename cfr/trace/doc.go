// Package trace runs a solver, records how exploitable its strategy is as it
// goes, and draws the curves.
//
//	curve, stop := trace.Run(ctx, solver, trace.Params{Iterations: 1000})
//	err := trace.WriteCSV(w, []trace.Curve{curve})
//	err = trace.WritePNG(w, title, curves)
//	err = trace.WriteHTML(w, title, curves)
//
// The iterations at which it measures are fixed, so that a run that was
// stopped and resumed has the same points as one that was not. It holds no
// algorithm: see package cfr.
package trace
