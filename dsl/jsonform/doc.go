// Package jsonform writes policies as JSON and reads them back, for programs
// and for decoders that are constrained by a JSON Schema.
//
//	text, err := jsonform.Encode(file)
//	file, faults := jsonform.Decode("bot.json", text)
//	schema := jsonform.Schema()
//
// A node is an object with a kind; amounts, arguments and expressions are
// strings in the syntax of the language. Comments are kept. Whether the words
// exist in a game is the matter of package check.
package jsonform
