// Package export writes grammars of the language for decoders that let a model
// write only what the grammar admits: GBNF (llama.cpp), EBNF (SGLang,
// xgrammar), Lark (OpenAI, llguidance) and JSON Schema.
//
//	text, err := export.Grammar(game, export.Params{Format: export.GBNF, Depth: 4})
//
// The words of the game are built in with their types, and nesting is
// bounded. The grammars describe a sublanguage without set, tree and lua, with
// at most one mover in a parallel and with values inside their ranges: every
// text that they admit is a policy without an error. It may still have
// warnings, and be a bad player.
package export
