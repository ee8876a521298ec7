import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";

import { imageBuildspec, type ImageBuildspecArgs } from "../../../components/delivery/buildspec";
import { toYaml, type Yaml } from "../../../components/delivery/yaml";
import { shellcheck } from "../../support/shellcheck";

interface Buildspec {
    readonly version: unknown;
    readonly env: object;
    readonly phases: Readonly<Record<string, { readonly commands: readonly string[] }>>;
    readonly artifacts: { readonly files: readonly string[] };
}

const images: ImageBuildspecArgs["images"] = {
    front: { context: "services/front", containerName: "web" },
    "back-end": { dockerfile: "docker/back.Dockerfile" },
};
const buildspec = (args: Partial<ImageBuildspecArgs> = {}) =>
    parse(imageBuildspec({ images, ...args })) as Buildspec;
const scriptOf = (spec: Buildspec): string =>
    Object.values(spec.phases)
        .flatMap(({ commands }) => commands)
        .join("\n");

/** Runs the commands with stand-ins for the programs that they call, which note how they were called. */
function run(imageIsThere: boolean) {
    const folder = mkdtempSync(path.join(tmpdir(), "buildspec-"));
    try {
        const standIn = (name: string, body: string): void => {
            const file = path.join(folder, name);
            writeFileSync(file, `#!/bin/bash\necho "${name} $*" >> calls\n${body}\n`);
            chmodSync(file, 0o755);
        };
        standIn(
            "aws",
            `case "$*" in *describe-images*) exit ${imageIsThere ? 0 : 254};; *) echo secret;; esac`,
        );
        standIn("docker", "cat > /dev/null < /dev/null");
        const result = spawnSync("bash", ["-c", scriptOf(buildspec())], {
            cwd: folder,
            encoding: "utf8",
            env: {
                PATH: `${folder}:${process.env["PATH"] ?? ""}`,
                IMAGE_TAG: "0a1b2c",
                REPOSITORY_FRONT: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/front",
                REPOSITORY_BACK_END: "111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/back",
            },
        });
        const read = (name: string): string => {
            const file = path.join(folder, name);
            return existsSync(file) ? readFileSync(file, "utf8") : "";
        };
        return {
            status: result.status,
            error: result.stderr,
            calls: read("calls").trim().split("\n"),
            front: read("imagedefinitions-front.json"),
            back: read("imagedefinitions-back-end.json"),
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

describe("the buildspec of images", () => {
    it("is YAML of the version that CodeBuild reads, and hands on what says which images there are", () => {
        const spec = buildspec();
        // AWS CodeBuild User Guide, "Build specification reference": a text or a number will do.
        expect(String(spec.version)).to.equal("0.2");
        expect(spec.env).to.deep.equal({ shell: "bash" });
        expect(Object.keys(spec.phases)).to.deep.equal(["pre_build", "build"]);
        expect(spec.artifacts.files).to.deep.equal([
            "imagedefinitions-front.json",
            "imagedefinitions-back-end.json",
        ]);
    });

    it("hands on the source, too, where a fleet is deployed", () => {
        expect(buildspec({ handOnSource: true }).artifacts.files).to.deep.equal(["**/*"]);
    });

    it("has commands in which ShellCheck finds nothing", () => {
        expect(shellcheck(`#!/bin/bash\n${scriptOf(buildspec())}`)).to.deep.equal([]);
    });

    it("builds each image for arm64 from its own folder, pushes it, and signs in once", () => {
        const { status, error, calls, front, back } = run(false);
        expect(status, error).to.equal(0);
        const registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
        expect(calls.filter((call) => call.startsWith("docker "))).to.deep.equal([
            `docker login --username AWS --password-stdin ${registry}`,
            `docker build --platform linux/arm64 --file services/front/Dockerfile --tag ${registry}/shop/front:0a1b2c services/front`,
            `docker push ${registry}/shop/front:0a1b2c`,
            `docker build --platform linux/arm64 --file docker/back.Dockerfile --tag ${registry}/shop/back:0a1b2c .`,
            `docker push ${registry}/shop/back:0a1b2c`,
        ]);
        expect(calls).to.include(
            "aws ecr describe-images --repository-name shop/front --image-ids imageTag=0a1b2c",
        );
        // AWS CodePipeline User Guide, "Image definitions file reference".
        expect(JSON.parse(front)).to.deep.equal([{ name: "web", imageUri: `${registry}/shop/front:0a1b2c` }]);
        expect(JSON.parse(back)).to.deep.equal([
            { name: "back-end", imageUri: `${registry}/shop/back:0a1b2c` },
        ]);
    });

    it("builds nothing a second time: tags never move, and the push would fail", () => {
        const { status, calls, front } = run(true);
        expect(status).to.equal(0);
        expect(calls.filter((call) => /docker (build|push)/.test(call))).to.deep.equal([]);
        expect(JSON.parse(front)).to.have.lengthOf(1);
    });
});

describe("toYaml", () => {
    const texts = fc.oneof(
        fc.string(),
        fc.constantFrom(
            "yes",
            "null",
            "0.2",
            "1e3",
            "- a",
            "a: b",
            "#",
            "",
            " a",
            "a\nb\n",
            "a\n",
            "a\n\nb\n",
            "\ta\n",
        ),
    );
    const { data } = fc.letrec<{ data: Yaml }>((tie) => ({
        data: fc.oneof(
            { maxDepth: 4 },
            texts,
            fc.integer(),
            fc.boolean(),
            fc.array(tie("data"), { maxLength: 3 }),
            fc.dictionary(
                texts.filter((key) => key !== "__proto__"),
                tie("data"),
                { maxKeys: 3, noNullPrototype: true },
            ),
        ),
    }));

    it("writes what a parser reads back as it was", () => {
        fc.assert(
            fc.property(data, (value) => {
                expect(parse(toYaml(value))).to.deep.equal(value);
            }),
        );
    });

    it("writes scripts as they are", () => {
        expect(toYaml({ commands: ["set -e\nls\n"] })).to.equal("commands:\n  - |\n    set -e\n    ls\n");
    });
});
