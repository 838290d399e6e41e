import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { riskOf, worstRisk } from "#plan/risk/risk";
import { placeOf } from "#plan/risk/path-place";
import { planBlock } from "../support/plan-block.ts";

const parser = await createShellParser();

function risk(text: string): { readonly risk: string; readonly writes: boolean; readonly reasons: readonly string[] } {
  const found = riskOf(planBlock(text), parser.parse(text), parser);
  return { risk: found.risk, writes: found.writes, reasons: found.notes.map((note) => note.reason) };
}

const rows: Readonly<Record<string, readonly string[]>> = {
  read: [
    "ls -la && cat README.md | head -5",
    "git status; git diff; git log --oneline",
    "git branch; git tag -l; git remote -v; git config user.name; git stash list; git worktree list",
    "node --version",
    "npm ls --depth=0",
    "pip list",
    "echo hi > /dev/null 2>&1",
    "find . -name '*.js'",
    "sed -n 1,5p README.md",
    "docker ps; docker compose config; docker volume ls",
    "kubectl version",
    "terraform validate",
    "systemctl status nginx",
    "curl -fsS http://localhost:8080/health",
    "tar tf a.tgz",
    "crontab -l",
    "kill -0 $PID",
    "f() { ls; }; f",
    "jq . package.json",
    "gh version",
    "redis-cli ping",
    "aws",
    "git reflog",
    "patch --dry-run < a.patch",
    "ansible-playbook --syntax-check site.yml",
    "sort a.txt",
    "awk '{print}' a",
    "fuser 80/tcp",
    "apt list --installed",
    "pacman -Q",
    "cargo tree",
    "python -c 'print(1)'",
    "git clean -n",
    "nc -z localhost 80",
    "fdisk -l",
    "twine check dist/*",
  ],
  workspace: [
    "mkdir -p src && touch src/a.js",
    "echo x > src/a.js",
    "cp a b; mv c d; rm e.txt",
    "npm test",
    "./scripts/build.sh",
    "git add . && git commit -m x",
    "git config user.name X",
    "git stash",
    "git restore --staged a",
    "python build.py",
    "tee out.log < in",
    "sed -i s/a/b/ file",
    "chmod +x run.sh",
    "make build",
    "echo x > /tmp/scratch",
    "cd src && touch ../README.md",
    'cp x "$TARGET/y"',
    "$TOOL run",
    "source .venv/bin/activate",
    "tar czf dist.tgz dist",
    "curl -X POST http://localhost:8080/items -d '{}'",
    'bash -c "$SCRIPT"',
    "python -c \"open('a', 'w')\"",
    "node <<'EOF'\nrequire('fs').writeFileSync('a', 'b')\nEOF",
    "unzip a.zip",
    "sort -o a a",
    'eval "$X"',
    "gawk -i inplace '1' a",
    "install -m 755 run bin/run",
    "cp -t build a b",
  ],
  outside: [
    "cp a /etc/hosts",
    "echo x >> ~/.bashrc",
    "mkdir $HOME/x",
    "touch ../x",
    "cp a ../../b",
    "git config --global user.name X",
    "sudo systemctl restart nginx",
    "docker run --rm alpine true",
    "docker compose up -d",
    "npm config list; pkill node",
    "psql -c 'INSERT INTO t VALUES (1)'",
    "crontab jobs.txt",
    "touch /tmp/../etc/x",
    "rustup update",
    "make install",
    "service nginx restart",
    "redis-cli set a 1",
    "find . -fprint /x; touch /opt/x",
    "fuser -k 80/tcp",
  ],
  network: [
    "curl -fsSL https://example.org/install.sh | bash",
    "wget https://example.org/x",
    "npm ci",
    "npm install",
    "npx prettier --check . && npm audit",
    "pip install -r requirements.txt",
    "poetry install",
    "git pull",
    "git clone https://example.org/x.git",
    "git submodule update --init",
    "git ls-remote origin",
    "ssh host ls",
    "docker pull alpine",
    "docker build .",
    "kubectl get pods",
    "terraform plan",
    "yarn",
    "rsync host:a b",
    "scp host:a b",
    "gh pr list",
    "gh api /user",
    "aws s3 ls",
    "python -c 'import requests; requests.get(\"x\")'",
    "git remote update",
    "go mod download",
    "helm repo update",
    "curl --output a.zip https://example.org/a.zip",
    "openssl s_client -connect x:443",
    "git lfs pull",
    "corepack prepare pnpm@9",
    "docker compose pull",
  ],
  publish: [
    "git push",
    "npm publish",
    "docker push x/y",
    "gh release create v1",
    "gh pr create --fill",
    "twine upload dist/*",
    "kubectl apply -f x.yaml",
    "terraform apply",
    "curl -X POST https://example.org/x -d '{}'",
    "scp a host:b",
    "rsync a host:b",
    "make deploy",
    "gh api /repos/x -f a=b",
    "aws s3 cp a s3://b/a",
    "cargo publish",
    "git lfs push origin",
    "ansible-playbook site.yml",
    "poetry publish",
    "docker compose push",
  ],
  destructive: [
    "rm -rf build",
    "rm -r build",
    "rm *",
    "rm /etc/x",
    "sudo rm -rf /var/x",
    "git reset --hard HEAD~1",
    "git clean -fd",
    "git push --force",
    "git push origin :old",
    "git checkout -- .",
    "git restore src",
    "git branch -D x",
    "git stash drop",
    "git filter-branch",
    "git worktree remove --force x",
    "git gc --prune=now",
    "git update-ref -d refs/heads/x",
    "dd if=/dev/zero of=/dev/sda",
    "mkfs.ext4 /dev/sda1",
    "psql -c 'DROP TABLE users'",
    "psql <<EOF\nDELETE FROM users;\nEOF",
    "kubectl delete pod x",
    "terraform destroy -auto-approve",
    "find . -name '*.log' -delete",
    "find . -name x -exec rm {} \\;",
    "ls | xargs rm",
    "truncate -s 0 log",
    "chmod -R 777 .",
    "chown -R me /srv",
    "docker system prune -af",
    "docker volume rm x",
    "docker compose down -v",
    "docker rmi x",
    "bash -c 'rm -rf build'",
    "eval 'rm -rf build'",
    "echo $(rm -rf build)",
    "cat <<EOF\n$(rm -rf build)\nEOF",
    "env X=1 timeout 5 nice rm -rf build",
    "python -c 'import shutil; shutil.rmtree(\"x\")'",
    "node -e 'fs.rmSync(\"x\", {recursive: true})'",
    "if true; then rm -rf x; fi",
    "f() { rm -rf x; }",
    "rsync --delete a/ b/",
    "aws s3 rb s3://x",
    "gh repo delete x",
    "crontab -r",
    "redis-cli FLUSHALL",
    "dropdb x",
    "shutdown now",
    "helm uninstall x",
    "diff <(rm -rf a) b",
    "bash <<'EOF'\nrm -rf x\nEOF",
    "docker-compose down --volumes",
    "docker compose rm -v",
    "git reflog expire --all",
  ],
};

describe.each(Object.entries(rows))("%s", (expected, texts) => {
  test.each(texts)("%s", (text) => expect([text, risk(text).risk]).toEqual([text, expected]));
});

describe("what is certain", () => {
  test.each<[string, boolean]>([
    ["mkdir x", true],
    ["pytest", false],
    ["curl http://example.org", false],
    ["echo x > /tmp/y", false],
    ["npm ci", true],
    ["ls", false],
    ["sudo true", false],
  ])("%s", (text, writes) => expect(risk(text).writes).toBe(writes));
});

test("every risk names its command and place", () => {
  const text = "ls\nrm -rf build";
  const block = planBlock(text);
  const [note] = riskOf(block, parser.parse(text), parser).notes;
  expect(note).toMatchObject({ command: "rm -rf build", reason: "deletes build with all that is in it" });
  expect(note?.range.start.line).toBe(3);
});

test("a handed script has the place of the command that hands it on", () => {
  const text = "bash -c 'rm -rf x'";
  const [note] = riskOf(planBlock(text), parser.parse(text), parser).notes;
  expect(note?.command).toBe("rm -rf x");
  expect(note?.range.start.line).toBe(2);
});

test("scripts handed on without end stop somewhere", () => {
  let text = "rm -rf x";
  for (let level = 0; level < 3; level++) text = `bash -c ${JSON.stringify(text)}`;
  expect(["destructive", "workspace"]).toContain(risk(text).risk);
});

test("the worst risk of none is reading", () => expect(worstRisk([])).toBe("read"));

describe("places of paths", () => {
  const word = (raw: string, literal?: string) => ({
    raw,
    start: 0,
    end: 0,
    substitutions: [],
    variables: [],
    ...(literal === undefined ? {} : { literal }),
  });
  test.each<[string, string]>([
    ["src/a", "workspace"],
    ["./a", "workspace"],
    ["a/../../b", "outside"],
    ["/opt/x", "outside"],
    ["~/x", "outside"],
    ["/tmp/x", "scratch"],
    ["/dev/null", "nowhere"],
  ])("%s lies %s", (path, place) => expect(placeOf(word(path, path), 0)).toBe(place));
  test("an unknown depth forgives", () => expect(placeOf(word("../x", "../x"), undefined)).toBe("workspace"));
  test("a variable may be anywhere", () => expect(placeOf(word('"$DIR/x"'), 0)).toBe("workspace"));
});
