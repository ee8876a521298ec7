import { status } from "@grpc/grpc-js";
import { expect } from "chai";
import { Monitor, type MonitorHandler } from "../../../../tools/preview/monitor";

describe("what newer SDKs ask the monitor", () => {
    const monitor = new Monitor({} as MonitorHandler);

    it("for all features at once is not there, so that they ask for one after the other", () => {
        let code: unknown;
        monitor.getDeploymentInfo({}, (error) => {
            code = (error as { code?: unknown } | null)?.code;
        });
        expect(code).to.equal(status.UNIMPLEMENTED);
    });

    it("of whether a resource exists is not known", () => {
        let answer: { getExists: () => boolean; getUnknown: () => boolean } | undefined;
        monitor.existsResource({}, (_error, response) => {
            answer = response as typeof answer;
        });
        expect([answer?.getExists(), answer?.getUnknown()]).to.deep.equal([false, true]);
    });
});
