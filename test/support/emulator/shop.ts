/**
 * A stand-in for the shop: a small application on the loopback with one write path for all regions, as CloudFront and
 * Route 53 give it to viewers, and one for each region's own host.
 *
 * A write asks the emulator who writes, and goes to a DynamoDB table in that region. Markers are copied to the other
 * regions' tables a little later, as Aurora's storage does; what a lost region has not sent is lost. While the writer
 * moves nobody writes: before a planned move, what is not copied yet is copied.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type DynamoDBClient, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";

/** What the shop needs of the world around it. */
export interface ShopOptions {
    readonly table: string;
    /** Regions by their key. */
    readonly regions: Readonly<Record<string, string>>;
    readonly dynamodb: (region: string) => DynamoDBClient;
    /** The AWS region that writes now. */
    readonly writer: () => Promise<string>;
}

interface Copy {
    readonly marker: number;
    readonly from: string;
    readonly due: number;
}

/** The stand-in shop. */
export class Shop {
    /** AWS regions that are lost: nothing there answers. */
    readonly lost = new Set<string>();
    /** Whether what is lost takes requests and says nothing, instead of refusing them. */
    isSilent = false;
    /** How far the other regions are behind. */
    lagMilliseconds = 300;
    /** AWS regions whose application goes on writing to its own database, whoever writes for AWS. */
    readonly headstrong = new Set<string>();
    /** Whether the writer is on its way, so that nobody writes. */
    isMoving = false;
    private queue: Copy[] = [];
    private readonly timer: NodeJS.Timeout;
    private readonly working = new Set<Promise<void>>();

    private constructor(
        private readonly server: Server,
        private readonly options: ShopOptions,
    ) {
        this.timer = setInterval(() => {
            this.work(this.copyDue());
        }, 50);
    }

    /** Opens the shop. */
    static async open(options: ShopOptions): Promise<Shop> {
        const server = createServer();
        const shop = new Shop(server, options);
        server.on("request", (request: IncomingMessage, response: ServerResponse) => {
            void shop.handle(request, response);
        });
        await new Promise<void>((fulfil) => server.listen(0, "127.0.0.1", fulfil));
        return shop;
    }

    get url(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** Closes it. */
    async close(): Promise<void> {
        clearInterval(this.timer);
        await Promise.all(this.working);
        this.server.closeAllConnections();
        await new Promise((fulfil) => this.server.close(fulfil));
    }

    /** The writer begins to move, or has moved. */
    onSwitch(moment: "begun" | "done", planned: boolean): void {
        this.isMoving = moment === "begun";
        if (moment === "begun" && planned) {
            this.queue = this.queue.map((copy) => ({ ...copy, due: 0 }));
            this.work(this.copyDue());
        }
    }

    /** A region is lost: what it has not sent is not sent any more. */
    lose(region: string): void {
        this.lost.add(region);
        this.queue = this.queue.filter(({ from }) => from !== region);
    }

    /** A region is back: what the region that writes has is copied there anew, and what only it had is gone. */
    async giveBack(region: string): Promise<void> {
        this.lost.delete(region);
        const from = await this.options.writer();
        const markers = await this.read(from, 0);
        this.queue.push(...markers.map((marker) => ({ marker, from, due: 0 })));
        await this.copyDue();
    }

    private work(job: Promise<void>): void {
        const tracked = job.finally(() => this.working.delete(tracked));
        this.working.add(tracked);
    }

    private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const answer = (status: number, value: unknown): void => {
            if (status === 503 && this.isSilent) {
                return;
            }
            response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
        };
        try {
            const url = new URL(request.url ?? "/", this.url);
            const [, key = ""] = /^\/health\/(\w+)$/.exec(url.pathname) ?? [];
            if (key !== "") {
                const isLost = this.lost.has(this.options.regions[key] ?? "");
                answer(isLost ? 503 : 200, { status: isLost ? "lost" : "ok" });
                return;
            }
            const writer = await this.options.writer();
            const [, host = ""] = /^\/markers\/(\w+)$/.exec(url.pathname) ?? [];
            const own = this.options.regions[host];
            if (
                own !== undefined &&
                own !== writer &&
                this.headstrong.has(own) &&
                request.method === "POST"
            ) {
                await this.put(own, markerOf(await bodyOf(request)));
                answer(200, { region: own });
                return;
            }
            if (own !== undefined && this.lost.has(own)) {
                answer(503, { error: "lost" });
                return;
            }
            if (this.isMoving || this.lost.has(writer)) {
                answer(503, { error: "read only" });
                return;
            }
            if (request.method === "POST") {
                await this.write(writer, await bodyOf(request));
                answer(200, { region: writer });
            } else {
                answer(200, { markers: await this.read(writer, Number(url.searchParams.get("after"))) });
            }
        } catch (error) {
            answer(500, { error: String(error) });
        }
    }

    private async write(region: string, body: string): Promise<void> {
        const marker = markerOf(body);
        await this.put(region, marker);
        this.queue.push({ marker, from: region, due: Date.now() + this.lagMilliseconds });
    }

    private async copyDue(): Promise<void> {
        const now = Date.now();
        const due = this.queue.filter((copy) => copy.due <= now);
        this.queue = this.queue.filter((copy) => copy.due > now);
        for (const { from, marker } of due) {
            for (const region of Object.values(this.options.regions)) {
                if (region !== from && !this.lost.has(region)) {
                    await this.put(region, marker);
                }
            }
        }
    }

    private async put(region: string, marker: number): Promise<void> {
        await this.options
            .dynamodb(region)
            .send(new PutItemCommand({ TableName: this.options.table, Item: { id: { N: String(marker) } } }));
    }

    private async read(region: string, after: number): Promise<number[]> {
        const found = await this.options.dynamodb(region).send(
            new ScanCommand({
                TableName: this.options.table,
                FilterExpression: "id > :after",
                ExpressionAttributeValues: { ":after": { N: String(after) } },
            }),
        );
        return (found.Items ?? []).map(({ id }) => Number(id?.N));
    }
}

function markerOf(body: string): number {
    return (JSON.parse(body) as { marker: number }).marker;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
        chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks).toString();
}
