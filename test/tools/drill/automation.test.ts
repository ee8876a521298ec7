import { expect } from "chai";
import { type PulumiStacks, throwAwayStacks } from "../../../tools/drill/automation";

const REQUEST = { name: "drill-1-us", config: {} };

/** Pulumi that records what it is asked, and updates for as long as a test says. */
class FakePulumi implements PulumiStacks {
    readonly asked: string[] = [];
    endUpdate: (error?: Error) => void = () => undefined;
    known = true;

    isKnown = (): Promise<boolean> => Promise.resolve(this.known);

    open: PulumiStacks["open"] = () => {
        const note = (what: string): Promise<void> => {
            this.asked.push(what);
            return Promise.resolve();
        };
        return Promise.resolve({
            up: async () => {
                this.asked.push("up");
                await new Promise<void>((fulfil, reject) => {
                    this.endUpdate = (error) => {
                        this.asked.push("up has ended");
                        if (error === undefined) {
                            fulfil();
                        } else {
                            reject(error);
                        }
                    };
                });
                return {
                    region: { value: "us-east-1", secret: false },
                    key: { value: "hidden", secret: true },
                };
            },
            cancel: () => note("cancel"),
            refresh: () => note("refresh"),
            destroy: () => note("destroy"),
            remove: () => note("remove"),
        });
    };
}

const quiet = (): void => undefined;
const soon = (): Promise<void> => new Promise((fulfil) => setImmediate(fulfil));

describe("throw-away stacks", () => {
    it("give their outputs without the secrets", async () => {
        const pulumi = new FakePulumi();
        const up = throwAwayStacks(pulumi).up(REQUEST, quiet);
        await soon();
        pulumi.endUpdate();
        expect(await up).to.deep.equal({ region: "us-east-1", key: undefined });
    });

    it("are destroyed after what an interrupted update left behind is known", async () => {
        const pulumi = new FakePulumi();
        await throwAwayStacks(pulumi).destroy(REQUEST, quiet);
        expect(pulumi.asked).to.deep.equal(["cancel", "refresh", "destroy", "remove"]);
    });

    it("are not destroyed under an update that is still going on, and then whatever became of it", async () => {
        const pulumi = new FakePulumi();
        const stacks = throwAwayStacks(pulumi);
        const said: string[] = [];
        const up = stacks.up(REQUEST, quiet).catch((error: unknown) => error);
        await soon();
        const destroyed = stacks.destroy(REQUEST, (line) => said.push(line));
        await soon();
        expect(pulumi.asked).to.deep.equal(["up"]);
        expect(said).to.deep.equal(["Waiting for the update of drill-1-us to end."]);
        pulumi.endUpdate(new Error("stopped"));
        await destroyed;
        expect(pulumi.asked).to.deep.equal(["up", "up has ended", "cancel", "refresh", "destroy", "remove"]);
        expect(await up).to.have.property("message", "stopped");
    });

    it("that there are not need nothing", async () => {
        const pulumi = new FakePulumi();
        pulumi.known = false;
        await throwAwayStacks(pulumi).destroy(REQUEST, quiet);
        expect(pulumi.asked).to.deep.equal([]);
    });
});
