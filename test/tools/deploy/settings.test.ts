import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { defaultCatalogue } from "../../../regions/catalogue";
import { RefusedError } from "../../../tools/deploy/errors";
import { stackGraph } from "../../../tools/deploy/graph";
import { type EnvironmentSettings, fingerprint, readSettings } from "../../../tools/deploy/settings";
import { readProject } from "../../../tools/project/project";
import { projectFolder } from "./deployments";

describe("what a deployment reads of the configuration", () => {
    let directory: string;

    afterEach(() => {
        fs.rmSync(directory, { recursive: true });
    });

    function settings(config: Readonly<Record<string, string>> = {}): EnvironmentSettings {
        directory = projectFolder(config);
        return read();
    }

    function read(): EnvironmentSettings {
        const project = readProject(directory);
        return readSettings(project, stackGraph("prod", project.stacks), defaultCatalogue);
    }

    function append(stack: string, line: string): void {
        fs.appendFileSync(path.join(directory, `Pulumi.${stack}.yaml`), `  meridian:${line}\n`);
    }

    it("is account, founding region, database and protection", () => {
        expect(settings()).to.deep.equal({
            accountId: "111122223333",
            globalClusterIdentifier: "meridian-prod",
            founding: { key: "us", region: "us-east-1", clusterIdentifier: "meridian-prod-us" },
            regions: [
                { key: "eu", region: "eu-central-1", clusterIdentifier: "meridian-prod-eu" },
                { key: "us", region: "us-east-1", clusterIdentifier: "meridian-prod-us" },
            ],
            protectedStacks: ["prod-eu", "prod-us", "prod-global"],
        });
    });

    it("takes the founding region by key and by name, and the role where there is one", () => {
        const found = settings({
            foundingRegion: "eu-central-1",
            deployRoleArn: "arn:aws:iam::111122223333:role/deploy",
        });
        expect(found.founding.clusterIdentifier).to.equal("meridian-prod-eu");
        expect(found.deployRoleArn).to.equal("arn:aws:iam::111122223333:role/deploy");
    });

    it("knows which stacks are protected", () => {
        settings();
        append("prod-eu", "deletionProtection: false");
        expect(read().protectedStacks).to.deep.equal(["prod-us", "prod-global"]);
    });

    it("refuses stacks that do not agree, and a founding region that there is not", () => {
        settings();
        append("prod-eu", "foundingRegion: eu");
        expect(read).to.throw(
            RefusedError,
            "the stacks do not agree on foundingRegion: prod-eu has eu, prod-us has us, prod-global has us",
        );
        fs.rmSync(directory, { recursive: true });
        expect(() => settings({ foundingRegion: "ap" })).to.throw(
            RefusedError,
            "foundingRegion is ap, which regions/catalogue.ts does not have",
        );
    });

    it("tells a changed program or configuration from the same, whatever else is in the folder", () => {
        settings();
        const first = fingerprint(directory);
        fs.mkdirSync(path.join(directory, ".meridian"));
        fs.writeFileSync(path.join(directory, ".meridian", "x"), "x");
        expect(fingerprint(directory)).to.equal(first);
        const seen = new Set([first]);
        for (const [file, content] of [
            ["index.ts", "1"],
            ["components/deep/file.ts", "1"],
            ["components/deep/file.ts", "2"],
            ["components/deep/other.ts", "2"],
            ["Pulumi.prod-us.yaml", "config: {}\n"],
        ] as const) {
            fs.mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
            fs.writeFileSync(path.join(directory, file), content);
            seen.add(fingerprint(directory));
        }
        expect(seen.size).to.equal(6);
    });
});
