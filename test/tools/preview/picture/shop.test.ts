import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { layOut } from "../../../../tools/preview/picture/layout";
import { type Layout } from "../../../../tools/preview/picture/places";
import { renderPage } from "../../../../tools/preview/picture/page";
import { pictureOf } from "../../../../tools/preview/picture/picture";
import { ARCHITECTURE_FILE, architectureSvg } from "../../../../tools/docs/architecture";
import { type System } from "../../../../tools/preview/picture/types";
import { type PreviewDocument } from "../../../../tools/preview/types";
import { called, nodeCalled, systemWith, told } from "../../../support/preview/losses";
import { projectPreview } from "../../../support/projectPreview";

const CHECK = "30 s until the check fails, then up to 60 s in resolvers";
const STATIC = "/maintenance/*, /static/*, /assets/*";

describe("the picture of the shop", () => {
    let document: PreviewDocument;
    let system: System;
    let layout: Layout;

    before(async function () {
        this.timeout(120_000);
        ({ document } = await projectPreview());
        system = systemWith(document, "prod-global");
        layout = await layOut(system);
    });

    const arrows = (kind: string, from: string): string[] => {
        const nodes = new Map(system.nodes.map((node) => [node.id, node]));
        return system.edges
            .filter((edge) => edge.kind === kind && edge.minor !== true)
            .flatMap(({ from: start, to, label }) => {
                const [one, other] = [nodes.get(start), nodes.get(to)];
                return one === undefined || other === undefined || called(one) !== from
                    ? []
                    : [`${other.kind} ${called(other)} ${label}`.trim()];
            })
            .sort();
    };

    it("has the world, each region with its network, and the four tiers with their subnets", () => {
        const own = (kind: string): string[] =>
            system.groups.filter((group) => group.kind === kind).map(({ label }) => label);
        expect(own("world")).to.deep.equal(["World"]);
        expect(own("region")).to.deep.equal(["us-east-1", "eu-central-1"]);
        expect(own("network")).to.deep.equal(["shop-vpc", "shop-vpc"]);
        expect(own("tier").sort()).to.deep.equal([
            "api",
            "api",
            "data",
            "data",
            "edge",
            "edge",
            "web",
            "web",
        ]);
        const data = system.groups.find(
            ({ kind, label, region }) => kind === "tier" && label === "data" && region === "us-east-1",
        );
        expect(data?.subnets).to.deep.equal([
            { name: "shop-vpc-network-data-1", zone: "us-east-1a", cidrBlock: "10.10.96.0/21" },
            { name: "shop-vpc-network-data-2", zone: "us-east-1b", cidrBlock: "10.10.104.0/21" },
            { name: "shop-vpc-network-data-3", zone: "us-east-1c", cidrBlock: "10.10.112.0/21" },
        ]);
        const place = system.groups.find(
            ({ id }) => id === nodeCalled(system, "db (us-east-1)", "database").group,
        );
        expect([place?.kind, place?.label]).to.deep.equal(["tier", "data"]);
    });

    it("chains the tiers, each reached by the one before it alone", () => {
        for (const [region, database] of [
            ["us-east-1", "db"],
            ["eu-central-1", "db-eu-central-1"],
        ] as const) {
            expect(arrows("traffic", `web (${region})`)).to.deep.equal([
                `balancer api (${region}) 443`,
                `instances web (${region}) 8443`,
            ]);
            expect(arrows("traffic", `api (${region})`)).to.deep.equal([
                `database ${database} (${region}) 5433`,
                `instances api (${region}) 8443`,
            ]);
        }
        const into = system.edges.filter(
            ({ kind, to }) =>
                kind === "traffic" && to === nodeCalled(system, "db (us-east-1)", "database").id,
        );
        expect(into).to.have.length(1);
    });

    it("leads people by latency to a region, and from each to the other one when it fails", () => {
        expect(arrows("traffic", "shop.example.com")).to.deep.equal([
            "bucket edge-static (us-east-1)",
            "name origin.shop.example.com",
        ]);
        expect(arrows("traffic", "origin.shop.example.com")).to.deep.equal([
            "name eu.origin.shop.example.com latency",
            "name us.origin.shop.example.com latency",
        ]);
        expect(arrows("traffic", "us.origin.shop.example.com")).to.deep.equal(["balancer web (us-east-1)"]);
        expect(arrows("failover", "us.origin.shop.example.com")).to.deep.equal([
            "balancer web (eu-central-1) when the first one fails",
        ]);
        expect(arrows("failover", "eu.origin.shop.example.com")).to.deep.equal([
            "balancer web (us-east-1) when the first one fails",
        ]);
        expect(
            system.entries.map((id) => system.nodes.find((node) => node.id === id)?.label).sort(),
        ).to.deep.equal(["eu.shop.example.com", "shop.example.com", "us.shop.example.com"]);
    });

    it("shows who may read what, and that personal data stays in its region", () => {
        for (const region of ["us-east-1", "eu-central-1"]) {
            expect(arrows("access", `api (${region})`)).to.include.members([
                `bucket pii-files (${region}) read, write`,
                `table pii (${region}) read, write`,
            ]);
            expect(arrows("replication", `pii (${region})`)).to.deep.equal([]);
            expect(arrows("replication", `pii-files (${region})`)).to.deep.equal([]);
        }
        expect(arrows("replication", "db (us-east-1)")).to.deep.equal([
            "database db-eu-central-1 (eu-central-1) Aurora Global Database",
        ]);
        expect(arrows("replication", "db-master (us-east-1)")).to.deep.equal([
            "secrets db-master (eu-central-1) replica of the secret",
        ]);
    });

    it("has every resource in one part or frame of its", () => {
        const picture = pictureOf(document);
        const placed = picture.systems.flatMap(({ nodes, groups }) =>
            [...nodes, ...groups].flatMap(({ resources }) => resources),
        );
        const custom = Object.values(document.stacks).flatMap(({ steps }) =>
            steps
                .filter(({ newState }) => newState.custom && !newState.type.startsWith("pulumi:"))
                .map(({ urn }) => urn),
        );
        const drawn = new Set(placed.map((index) => picture.resources[index]?.urn));
        expect(custom.filter((urn) => !drawn.has(urn))).to.deep.equal([]);
    });

    // Expected by hand from the design: 2 (difficulties 1 and 4), 3 (EdgeDistribution), and "Personal data stays".
    describe("without the region that writes", () => {
        it("sends people to the other one, by itself, and the region's own name to nobody", () => {
            const { requests } = told(system, { kind: "region", region: "us-east-1" });
            expect(requests).to.deep.equal([
                `shop.example.com * go to web (eu-central-1); ${CHECK}`,
                `shop.example.com ${STATIC} go to edge-static-replica (eu-central-1), reads alone; at once, request by request`,
                "us.shop.example.com * fail",
                `us.shop.example.com ${STATIC} go to edge-static-replica (eu-central-1), reads alone; at once, request by request`,
            ]);
        });

        it("writes to the database once the other member is promoted, and never to what stays in its region", () => {
            expect(told(system, { kind: "region", region: "us-east-1" }).writes).to.include.members([
                "db (us-east-1): db-eu-central-1 (eu-central-1) once it is promoted",
                "edge-static (us-east-1): nobody",
                "pii (us-east-1): nobody",
                "pii-files (us-east-1): nobody",
            ]);
        });

        // Each region has 2 to 12 instances a tier and its own people; the databases 8 and 4 ACU at least, 64 at most.
        it("says whether the other region can carry it", () => {
            expect(told(system, { kind: "region", region: "us-east-1" }).load).to.deep.equal([
                "api (us-east-1) → api (eu-central-1): grows, has to grow from 2 to 4 instances, and may to 12; when all had grown to their most, 24 instances for which there are 12",
                "db (us-east-1) → db-eu-central-1 (eu-central-1): grows, has to grow from 4 to 12 ACU, and may to 64; when all had grown to their most, 128 ACU for which there are 64",
                "pii (us-east-1) → pii (eu-central-1): unknown, no count says how much they carry: AWS scales them, or their size does",
                "web (us-east-1) → web (eu-central-1): grows, has to grow from 2 to 4 instances, and may to 12; when all had grown to their most, 24 instances for which there are 12",
            ]);
        });

        it("says what data is lost at most, and by whom it knows", () => {
            const { data } = told(system, { kind: "region", region: "us-east-1" });
            expect(data).to.include.members([
                "db (us-east-1): asynchronous: not bounded (db-eu-central-1 (eu-central-1)) [Aurora Global Database: storage replication; no parameter rds.global_db_rpo bounds it]",
                "db (us-east-1): 24 h and what the copy takes [rule daily of backup plan shop-backup-standard, in eu-central-1]",
                "edge-static (us-east-1): 15 min for 99.9 % of objects (edge-static-replica (eu-central-1)) [shop-edge-replication: S3 Replication Time Control, whose service level that is (Amazon S3 User Guide)]",
                "pii (us-east-1): all that is in it: no copy is outside of the region [no replication, and no backup copied, in these stacks]",
            ]);
        });
    });

    it("without the other region goes on writing where it wrote, and loses no data of the database", () => {
        const { requests, writes, data } = told(system, { kind: "region", region: "eu-central-1" });
        expect(requests).to.include(`shop.example.com * go to web (us-east-1); ${CHECK}`);
        expect(writes).to.include("db (us-east-1): itself");
        expect(data).to.include(
            "db-eu-central-1 (eu-central-1): nothing (db (us-east-1)) [Aurora Global Database: it is written to at its source, which is there]",
        );
    });

    it("without a zone loses nothing and turns nobody away", () => {
        const { requests, writes, data, unreachable, load } = told(system, {
            kind: "zone",
            zone: "us-east-1a",
        });
        expect([requests, unreachable]).to.deep.equal([[], []]);
        expect(load).to.deep.equal(
            ["api", "web"].map(
                (tier) =>
                    `${tier} (us-east-1) → ${tier} (us-east-1): grows, 1 of 2 instances until the others are made anew in the other zones; 12 at most there`,
            ),
        );
        expect(writes).to.deep.equal(["db (us-east-1): itself"]);
        expect(data).to.deep.equal([
            "db (us-east-1): nothing [storage in three Availability Zones (Amazon Aurora User Guide)]",
        ]);
    });

    it("without the instances of a tier sends people away from a balancer that has nobody behind it", () => {
        const web = nodeCalled(system, "web (us-east-1)", "instances");
        const { requests, unreachable, load } = told(system, { kind: "node", node: web.id });
        // The database is there, and takes the writes that come to it from the other region.
        expect(load.map((line) => line.slice(0, line.indexOf(":")))).to.deep.equal([
            "api (us-east-1) → api (eu-central-1)",
            "web (us-east-1) → web (eu-central-1)",
        ]);
        expect(requests).to.include(`shop.example.com * go to web (eu-central-1); ${CHECK}`);
        expect(unreachable).to.include.members(["api (us-east-1)", "db (us-east-1)"]);
    });

    it("places nothing over anything else, and draws every arrow from its start to its end", () => {
        const boxes = system.nodes.flatMap(({ id }) => {
            const box = layout.boxes.get(id);
            return box === undefined ? [] : [{ id, ...box }];
        });
        expect(boxes).to.have.length(system.nodes.length);
        const over = boxes.flatMap((one, index) =>
            boxes
                .slice(index + 1)
                .filter(
                    (other) =>
                        one.x < other.x + other.width &&
                        other.x < one.x + one.width &&
                        one.y < other.y + other.height &&
                        other.y < one.y + one.height,
                )
                .map((other) => `${one.id} ${other.id}`),
        );
        expect(over).to.deep.equal([]);
        const touches = (id: string, point: { x: number; y: number } | undefined): boolean => {
            const box = layout.boxes.get(id);
            return (
                box !== undefined &&
                point !== undefined &&
                point.x >= box.x - 1 &&
                point.x <= box.x + box.width + 1 &&
                point.y >= box.y - 1 &&
                point.y <= box.y + box.height + 1
            );
        };
        const wrong = system.edges
            .filter(({ minor }) => minor !== true)
            .filter(({ id, from, to }) => {
                const points = layout.lines.get(id);
                return !touches(from, points?.[0]) || !touches(to, points?.at(-1));
            })
            .map(({ from, to, kind }) => `${from} ${to} ${kind}`);
        expect(wrong).to.deep.equal([]);
    });

    it("leads no arrow through the subnets that a tier lists, and is narrow enough to be read in a README", () => {
        const struck = system.groups.flatMap(({ id, label, subnets = [] }) => {
            const box = layout.boxes.get(id);
            const longest = Math.max(...subnets.map(({ zone, cidrBlock }) => zone.length + cidrBlock.length));
            if (box === undefined || subnets.length === 0) {
                return [];
            }
            const [right, bottom] = [box.x + 10 + longest * 6, box.y + 28 + subnets.length * 15];
            return system.edges
                .filter(({ id: edge }) =>
                    (layout.lines.get(edge) ?? []).some((point, index, points) => {
                        const before = points[index - 1] ?? point;
                        return (
                            Math.min(point.x, before.x) < right &&
                            Math.max(point.x, before.x) > box.x &&
                            Math.min(point.y, before.y) < bottom &&
                            Math.max(point.y, before.y) > box.y
                        );
                    }),
                )
                .map(({ kind, from, to }) => `${label}: ${kind} from ${from} to ${to}`);
        });
        expect(struck).to.deep.equal([]);
        expect(layout.width).to.be.lessThan(1900);
    });

    it("is a page that asks nobody for anything, and tells no secret", () => {
        const picture = pictureOf(document, { title: "</script><b>shop</b>" });
        const page = renderPage({ document, picture, layouts: [layout] });
        expect(page).to.include("&lt;/script&gt;&lt;b&gt;shop&lt;/b&gt;").and.not.include("</script><b>");
        expect(page.match(/\b(?:src|href)=/g)).to.equal(null);
        expect(page).to.include("default-src 'none'");
        expect(page).not.to.match(/@import|url\((?!#)/);
    });

    it("lists first what may lose something, and last what only has other tags", () => {
        const change = (op: "replace" | "update" | "create", name: string, reason: string) => ({
            urn: `urn:pulumi:prod-us::meridian::aws:s3/bucket:Bucket::${name}`,
            type: "aws:s3/bucket:Bucket",
            name,
            custom: true,
            op,
            reason,
        });
        const resources = [
            change("update", "tagged", "tagsAll.owner changes"),
            change("update", "changed", "forceDestroy changes"),
            change("create", "created", ""),
            change("replace", "replaced", "bucket changes"),
        ];
        const page = renderPage({
            document,
            picture: pictureOf(document),
            layouts: [layout],
            changes: { before: "main", after: "this", stacks: [{ stack: "prod-us", resources }] },
        });
        const rows = [...page.matchAll(/<td>prod-us<\/td><td>(\w+)<\/td><td>aws:s3:Bucket<\/td>/g)];
        expect(rows.map(([, name]) => name)).to.deep.equal(["replaced", "created", "changed", "tagged"]);
    });

    it("says on the page which stack failed, and of which nothing is drawn", () => {
        const picture = pictureOf(document);
        const whole = renderPage({ document, picture, layouts: [layout] });
        expect(whole).not.to.include("What is missing");
        const stacks = Object.fromEntries(
            Object.entries(document.stacks).map(([name, stack]) => [
                name,
                name === "prod-eu"
                    ? { ...stack, steps: [], error: { message: "cannot find <b>it</b>", stack: "" } }
                    : stack,
            ]),
        );
        const failed = { ...document, stacks };
        const page = renderPage({
            document: failed,
            picture: {
                ...picture,
                systems: picture.systems.map((each) => ({ ...each, nodes: [], edges: [] })),
            },
            layouts: [layout],
        });
        expect(page)
            .to.include("<strong>prod-eu failed.</strong>")
            .and.include("cannot find &lt;b&gt;it&lt;/b&gt;")
            .and.include("nothing is drawn");
    });

    it("is the README's, as it is kept in docs/", async () => {
        expect(readFileSync(ARCHITECTURE_FILE, "utf8")).to.equal(await architectureSvg(document));
        const readme = readFileSync(join(__dirname, "../../../../README.md"), "utf8");
        expect(readme.slice(0, readme.length / 2)).to.include("docs/architecture.svg");
    });
});
