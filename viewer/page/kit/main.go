package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"dryad/viewer/page"
)

func main() {
	output := flag.String("o", page.Name, "the file to write")
	source := flag.String("source", ".", "the folder of dryad's source")
	flag.Parse()
	k, err := page.Build(context.Background(), *source)
	if err == nil {
		err = k.WriteFile(*output)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "kit:", err)
		os.Exit(1)
	}
	fmt.Fprintf(os.Stderr, "%s: %.1f MB\n", *output, float64(len(k.Program))/1e6)
}
