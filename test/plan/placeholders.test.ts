import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { placeholdersOf } from "#plan/placeholders";
import { planBlock } from "../support/plan-block.ts";

const parser = await createShellParser();

function found(text: string): readonly string[] {
  return placeholdersOf(planBlock(text), parser.parse(text)).map((each) => each.text);
}

describe("placeholders", () => {
  test.each<[string, readonly string[]]>([
    ["cd [/path/to/project]", ["[/path/to/project]"]],
    ["[command to execute]", ["[command to execute]"]],
    ["pytest [test file] -v", ["[test file]"]],
    ["touch [path/to/file.py]", ["[path/to/file.py]"]],
    ["pytest --cov=[module]", ["[module]"]],
    ["pytest tests/[module]/", ["[module]"]],
    ["git commit -m '[commit message following format]'", ["[commit message following format]"]],
    ["git log TASKS-NNN", ["TASKS-NNN"]],
    ["touch IPLAN-001_x_YYYY-MM-DD.md", []],
    ["date -d YYYY-MM-DD", ["YYYY-MM-DD"]],
    ["export NAME={{PROJECT_NAME}}", ["{{PROJECT_NAME}}"]],
    ["export NAME='{{project_name}}'", ["{{project_name}}"]],
    ["curl -H 'Authorization: <your-token>'", ["<your-token>"]],
    ["cd <project-root>", ["<project-root>"]],
    ["cat <file> more", ["<file>"]],
    ["cd /path/to/project", ["/path/to/project"]],
    ["export KEY=YOUR_API_KEY", ["YOUR_API_KEY"]],
    ["export KEY=your-api-key", ["your-api-key"]],
    ["ls | xargs cp -t [directory]", ["[directory]"]],
    ["echo $(cat /path/to/file)", ["/path/to/file"]],
    ["bash -c 'cd <project-root>'", ["<project-root>"]],
    ["sudo cp a [target directory]", ["[target directory]"]],
    ["cp <your-file> [target directory]", ["<your-file>", "[target directory]"]],
    ["VERSION=TBD ./release.sh", ["TBD"]],
    ["git commit -m \"$(cat <<'EOF'\nImplements: TASKS-NNN\nEOF\n)\"", ["TASKS-NNN"]],
  ])("%s", (text, expected) => expect(found(text)).toEqual(expected));
});

describe("bash that only looks like one", () => {
  test.each([
    "[ -f x ] && echo ok",
    "[[ $a == [a-z]* ]]",
    "ls [a-z]*.txt",
    "echo ${a[0]} ${a[index]}",
    "a[key]=1",
    'echo "[INFO] starting the build"',
    "grep '[error]' log",
    "grep -E 'foo[abc]bar' x",
    "ps aux | grep '[s]erver'",
    "docker ps --format '{{.Names}}'",
    "docker inspect -f '{{range .Mounts}}{{.Name}}{{end}}' x",
    "cat > a.toml <<'EOF'\n[tool.poetry]\nEOF",
    "cat > a.html <<'EOF'\n<title>x</title>\nEOF",
    "python -c '[x for x in y]'",
    "jq '.[key]' a.json",
    "diff <(sort a) <(sort b)",
    "while read -r l; do :; done < in > out",
    "# run [the tests] with <your-token>",
    "cat < in.txt",
    "sort file[0-9]",
    "true # TBD",
    "go test ./...",
    "if [ -f x ]; then ls; fi",
    "[ a = b ] || true",
    "case $x in [a-z]*) ls ;; esac",
    "a=(p q); echo ${a[0]} ${a[@]} ${#a[*]}",
    "unset 'a[0]'; a[0]=1",
    "cat <<EOF > out.txt\nx\nEOF",
    "cat <<-'END'\n\tx\n\tEND",
    "comm <(sort a) <(sort b) > >(cat)",
    "(( a<b )) && echo $((a<b))",
    "[[ a<b ]]",
    "sort <a >b",
    "ls file[[:digit:]].txt",
    "tr '[:upper:]' '[:lower:]' <<< X",
    "echo {a,b} ${x/[a-z]/y}",
    "rm -f log[0-9][0-9].txt",
    "grep '<title>' index.html",
  ])("%s", (text) => expect(found(text)).toEqual([]));
});

test("a placeholder has its place in the document", () => {
  const [place] = placeholdersOf(planBlock("ls\ncd [my dir]"), parser.parse("ls\ncd [my dir]"));
  expect(place?.range.start).toMatchObject({ line: 3, column: 4 });
});

test("without a syntax tree the certain forms are found", () => {
  expect(placeholdersOf(planBlock("x TASKS-NNN [a b]"), undefined).map((each) => each.text)).toEqual(["TASKS-NNN"]);
});
