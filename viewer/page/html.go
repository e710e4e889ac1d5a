package page

import (
	"bytes"
	"fmt"
	"html"

	"dryad/games/fps/maps/library"
	"dryad/replay"
)

// Write returns a page that plays a replay by itself, or two on one clock: one
// file, which may be opened from a disk. files are the replays as they are stored.
// A map from a WAD file is put into the page without its pictures.
func (k *Kit) Write(title string, files ...[]byte) ([]byte, error) {
	if n := len(files); n < 1 || n > 2 {
		return nil, fmt.Errorf("a page shows one replay or two, not %d", n)
	}
	var values []value
	for i, file := range files {
		r, err := replay.Decode(file)
		if err != nil {
			return nil, fmt.Errorf("the replay is %w", err)
		}
		name, wad, err := library.Excerpt(r.Config.Map)
		if err != nil {
			return nil, err
		}
		values = append(values, value{replayNames[i], file})
		if len(wad) > 0 {
			values = append(values, value{mapNames[i], wad}, value{mapNames[i] + "Name", []byte(name)})
		}
	}
	return k.write(title, values, ""), nil
}

// The names of the replays and of their maps in a page's script.
var (
	replayNames = [...]string{"dryadReplay", "dryadOther"}
	mapNames    = [...]string{"dryadMap", "dryadOtherMap"}
)

// Live returns a page that watches the running match at the address that it is
// loaded from, and those that follow it there.
func (k *Kit) Live() []byte {
	return k.write("dryad", nil, "globalThis.dryadLive = true;\n")
}

// value is data of a page, under its name in the script.
type value struct {
	name string
	data []byte
}

// write returns a page with the viewer, data for it, and a script that comes
// first.
func (k *Kit) write(title string, values []value, script string) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, head, html.EscapeString(title))
	out.WriteString("<script>\n")
	out.Write(k.Script)
	out.WriteString("</script>\n<script>\n")
	fmt.Fprintf(&out, "const alphabet = %q, packed = {};\n", alphabet)
	for _, v := range append(values, value{"dryadProgram", k.Program}) {
		fmt.Fprintf(&out, "packed.%s = [%d, \"%s\"];\n", v.name, len(v.data), base85(v.data))
	}
	out.WriteString(script)
	out.WriteString(start)
	return out.Bytes()
}

const head = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>%s</title>
<style>
html, body { margin: 0; height: 100%%; background: #14171d; color: #e6e9f0; font: 15px sans-serif; overflow: hidden; }
#message { position: fixed; left: 24px; top: 20px; right: 24px; }
canvas { display: block; }
</style>
</head>
<body>
<p id="message">the viewer is being unpacked</p>
<canvas id="screen" width="16" height="16"></canvas>
`

const start = `
function unpack(name) {
  const [length, text] = packed[name], bytes = new Uint8Array(4 * Math.ceil(length / 4));
  const digit = new Uint8Array(128);
  for (let i = 0; i < alphabet.length; i++) digit[alphabet.charCodeAt(i)] = i;
  for (let from = 0, to = 0; from < text.length; from += 5, to += 4) {
    let value = 0;
    for (let i = 0; i < 5; i++) value = value * 85 + digit[text.charCodeAt(from + i)];
    bytes[to] = value >>> 24; bytes[to + 1] = value >>> 16; bytes[to + 2] = value >>> 8; bytes[to + 3] = value;
  }
  return bytes.subarray(0, length);
}
(async () => {
  const message = document.getElementById("message");
  try {
    for (const name in packed) if (name != "dryadProgram") globalThis[name] = unpack(name);
    const unzipped = new Blob([unpack("dryadProgram")]).stream().pipeThrough(new DecompressionStream("gzip"));
    const program = await new Response(unzipped).arrayBuffer();
    const go = new Go();
    const { instance } = await WebAssembly.instantiate(program, go.importObject);
    message.style.display = "none";
    await go.run(instance);
  } catch (fault) {
    message.style.display = "block";
    message.textContent = "the viewer cannot run here: " + fault;
  }
})();
</script>
</body>
</html>
`
