/**
 * A provider with one resource, `later:index:Values`: its output `results` is its input `values`, and unknown before it
 * is made. A program gets from it any argument as an output that a first preview does not know.
 */
import * as providerServices from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { UNKNOWN } from "../../../tools/preview/values";
import { asService, serve, unary } from "./grpcService";
import { lifeOf } from "./pluginAnswers";
import { changedProperties } from "./replacements";
import { properties, struct } from "./structs";

void serve(asService(providerServices, "ResourceProviderService"), {
    ...lifeOf("later", "1.0.0"),
    diffConfig: unary(() => new messages.DiffResponse()),
    configure: unary(() => {
        const response = new messages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        return response;
    }),
    check: unary((request: messages.CheckRequest) => {
        const response = new messages.CheckResponse();
        response.setInputs(request.getNews());
        return response;
    }),
    diff: unary((request: messages.DiffRequest) => {
        const news = properties(request.getNews());
        const changed = changedProperties(properties(request.getOldInputs()), news, []);
        const response = new messages.DiffResponse();
        const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
        response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
        return response;
    }),
    create: unary((request: messages.CreateRequest) => {
        const inputs = properties(request.getProperties());
        const response = new messages.CreateResponse();
        response.setId(request.getPreview() ? "" : "values");
        response.setProperties(
            struct({ ...inputs, results: request.getPreview() ? UNKNOWN : inputs["values"] }),
        );
        return response;
    }),
    delete: unary(() => new Empty()),
});
