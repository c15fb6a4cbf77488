package dev.hypergateway.providers.gigachat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A request that is complete but for the ids of its files.
 *
 * @param body what will be sent; changed when the ids are known
 * @param attachments the places that wait for ids
 */
record Draft(ObjectNode body, List<Attachment> attachments) {}
