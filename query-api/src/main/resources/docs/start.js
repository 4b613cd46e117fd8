SwaggerUIBundle({ url: "/openapi/waymark-openapi.yml", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
